// Parses every built request with duis-parser and compares what it read with what was asked for.
const { parseDuis } = require('@smartdcc/duis-parser')
const fs = require('fs')
const path = require('path')

const folder = process.argv[2]
let parsed = 0
const failed = []
for (const name of fs.readdirSync(folder).filter((name) => name.endsWith('.xml'))) {
  try {
    const message = parseDuis('simplified', fs.readFileSync(path.join(folder, name), 'utf8'))
    const srv = name.split('_')[0]
    const found = message.header.serviceReferenceVariant
    const number = typeof found === 'object' ? found.number : found
    if (number !== undefined && String(number) !== srv) throw new Error(`read as ${number}`)
    parsed += 1
  } catch (error) {
    failed.push(`${name}: ${error.message}`)
  }
}
console.log(`duis-parser: ${parsed} parsed, ${failed.length} failed`)
failed.forEach((line) => console.log(`  ${line}`))
process.exit(failed.length > 0 || parsed === 0 ? 1 : 0)
