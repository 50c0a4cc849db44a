// SPDX-License-Identifier: MIT OR Apache-2.0
// Register maps served by the npm package modbus-serial on Modbus TCP: modbus_serial.js PACKAGES REGISTERS PORT. Each line
// of REGISTERS is UNIT TABLE REGISTER VALUE.
const [packages, file, port] = process.argv.slice(2)
const { ServerTCP } = require(`${packages}/node_modules/modbus-serial`)
const registers = new Map()
for (const line of require('fs').readFileSync(file, 'utf8').trim().split('\n')) {
  const [unit, table, address, value] = line.split(' ')
  registers.set(`${unit} ${table} ${address}`, Number(value))
}
const held = (table) => (address, unit) => registers.get(`${unit} ${table} ${address}`) ?? 0
const vector = { getInputRegister: held('input'), getHoldingRegister: held('holding') }
const server = new ServerTCP(vector, { host: '127.0.0.1', port: Number(port), unitID: 255 })
server.on('initialized', () => console.error('ready: modbus-serial'))
