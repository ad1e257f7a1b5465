// A PLC directory and a personal data server on free ports of 127.0.0.1; the address is printed as a line of JSON.
import { randomBytes } from 'node:crypto'
import plc from '@did-plc/server'
import pds from '@atproto/pds'

const [folder, portOfDirectory, portOfServer] = process.argv.slice(2)
const hex = (bytes) => randomBytes(bytes).toString('hex')

const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: Number(portOfDirectory) })
await directory.start()

const environment = {
  devMode: true,
  port: Number(portOfServer),
  hostname: 'localhost',
  serviceHandleDomains: ['.test'],
  dataDirectory: folder,
  blobstoreDiskLocation: `${folder}/blobs`,
  didPlcUrl: `http://127.0.0.1:${portOfDirectory}`,
  inviteRequired: false,
  rateLimitsEnabled: false,
  disableSsrfProtection: true,
  crawlers: [],
  jwtSecret: hex(16),
  adminPassword: hex(16),
  plcRotationKeyK256PrivateKeyHex: hex(32),
  ...(process.env.BACKFILL_MS ? { repoBackfillLimitMs: Number(process.env.BACKFILL_MS) } : {}),
}
const server = await pds.PDS.create(pds.envToCfg(environment), pds.envToSecrets(environment))
await server.start()
console.log(JSON.stringify({ url: `http://127.0.0.1:${portOfServer}`, admin: environment.adminPassword }))
