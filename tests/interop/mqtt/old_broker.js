// A broker of MQTT 3.1.1 that speaks no MQTT 5 (the package aedes): prints each message it takes.
const aedes = require(process.argv[2] + '/node_modules/aedes')()
const server = require('net').createServer(aedes.handle)
aedes.on('publish', (packet, client) => {
  if (client) console.log(`${packet.topic} ${packet.payload.toString().slice(0, 60)}`)
})
server.listen(Number(process.argv[3]), '127.0.0.1', () => console.log('running'))
