// Has what parent.js shares, and tells what it has when it is asked.

import { setImmediate } from 'node:timers/promises'
import IPOS from 'ipos'

const shared = await IPOS.new({ syncTimeout: 60_000 })

let trips = Promise.resolve()

// Until there is -1.
async function trip() {
    let tick = shared.ping
    while (true) {
        while (shared.ping === tick) await setImmediate()
        tick = shared.ping
        if (tick === -1) return
        shared.pong = tick
    }
}

const last = {
    set: () => shared.field,
    push: () => shared.list.at(-1),
    map: number => shared.map.get(number % 10),
}

process.on('message', async message => {
    if (message.protocol === 'ipos') return
    const { verb, number } = message
    if (verb === 'trip') {
        trips = trip()
        process.send({ started: true })
    } else if (verb === 'rest') {
        await trips
        process.send({ rests: true })
    } else {
        process.send({ last: last[verb](number) })
    }
})
process.on('disconnect', () => process.exit())
