#!/bin/sh
# SPDX-License-Identifier: MIT OR Apache-2.0
# test certificates: one CA, a server for 127.0.0.1, a client whose CN is its XMLVend clientID (EAN), and a stranger
set -e; d=$1; mkdir -p "$d"; cd "$d"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=Test CA" -keyout ca.key -out ca.pem 2>/dev/null
mk() { openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "$2" -keyout $1.key -out $1.csr 2>/dev/null
  printf '%s\n' "$3" > $1.ext; openssl x509 -req -in $1.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile $1.ext -out $1.pem 2>/dev/null; }
mk server "/CN=127.0.0.1" "subjectAltName=IP:127.0.0.1,DNS:localhost"
mk client "/O=Crew 7/CN=6004708001981" "extendedKeyUsage=clientAuth"
openssl pkcs12 -export -in client.pem -inkey client.key -certfile ca.pem -passout pass:test -out client.p12
# what TLS cannot use, each in its own way
openssl req -x509 -newkey rsa:1024 -nodes -days 30 -subj "/CN=6004708001981" -keyout rsa1024.key -out rsa1024.pem 2>/dev/null
openssl genrsa -traditional -out rsa1024pkcs1.key 1024 2>/dev/null
openssl pkey -in client.key -aes256 -passout pass:test -out encrypted.key
openssl ec -in client.key -aes256 -passout pass:test -out encrypted-old.key 2>/dev/null
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:secp256k1 -nodes -days 30 -subj "/CN=6004708001981" -keyout strange.key -out strange.pem 2>/dev/null
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=Another CA" -keyout other-ca.key -out other-ca.pem 2>/dev/null
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=6004708001981" -keyout stranger.key -out stranger.pem 2>/dev/null
chmod 600 ./*.key ./*.p12
