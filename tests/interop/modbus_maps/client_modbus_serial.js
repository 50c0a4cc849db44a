// SPDX-License-Identifier: MIT OR Apache-2.0
// Voltage and frequency of unit 1, read by the npm package modbus-serial as RTU frames in TCP: client_modbus_serial.js PACKAGES PORT
const ModbusRTU = require(`${process.argv[2]}/node_modules/modbus-serial`)
const client = new ModbusRTU()
async function main () {
  await client.connectTelnet('127.0.0.1', { port: Number(process.argv[3]) })
  client.setID(1)
  client.setTimeout(2000)
  const value = async (first) => (await client.readInputRegisters(first, 2)).buffer.readFloatBE(0).toFixed(1)
  console.log('voltage', await value(0), 'frequency', await value(0x46))
  client.close(() => process.exit(0))
}
main().catch((error) => { console.error(error.message); process.exit(1) })
