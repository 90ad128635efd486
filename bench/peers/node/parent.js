// Shares values with a child through the package ipos. Reads lines (set N, push N, map N, trip N), does so
// many until the child has applied all, and writes how many nanoseconds that took, or each trip took.

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import IPOS from 'ipos'

// After so many the event loop has a turn, which writes and reads.
const TURN = 4096

// After so many nanoseconds round trips end: where processors are scarce, one may take a thousand times what it
// took before.
const LONG = 2_000_000_000n

const shared = IPOS.new()
const child = spawn(process.execPath, [fileURLToPath(new URL('child.js', import.meta.url))], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
})
await shared.addProcess(child)
shared.create('field', 1)
shared.create('list', [])
shared.create('map', new Map())
shared.create('ping', -1)
shared.create('pong', -1)

// What the child answers to a message that is not of ipos: it comes after all that was sent before it.
function ask(message) {
    return new Promise(resolve => {
        const hear = answer => {
            if (answer.protocol === 'ipos') return
            child.off('message', hear)
            resolve(answer)
        }
        child.on('message', hear)
        child.send(message)
    })
}

// ipos does not tell a value that is false: no 0.
let number = 0

const verbs = {
    set: () => { shared.field = number },
    push: () => { shared.list.push(number) },
    map: () => { shared.map.set(number % 10, number) },
}

async function write(verb, amount) {
    const begin = process.hrtime.bigint()
    for (let left = amount; left > 0; left--) {
        number++
        verbs[verb]()
        if (left % TURN === 0) await setImmediate()
    }
    const { last } = await ask({ verb, number })
    const took = process.hrtime.bigint() - begin
    if (last !== number) throw new Error(`the child has ${last} instead of ${number}`)
    return took
}

// ipos tells nobody of a change: both sides look at each turn of their event loops.
async function trip(amount) {
    await ask({ verb: 'trip' })
    const first = process.hrtime.bigint()
    const took = []
    while (took.length < amount) {
        const begin = process.hrtime.bigint()
        if (begin - first > LONG) break
        const tick = ++number
        shared.ping = tick
        while (shared.pong !== tick) await setImmediate()
        took.push(process.hrtime.bigint() - begin)
    }
    shared.ping = -1
    await ask({ verb: 'rest' })
    return took.join(' ')
}

for await (const line of createInterface({ input: process.stdin })) {
    const [verb, amount] = line.split(' ')
    console.log(String(verb === 'trip' ? await trip(Number(amount)) : await write(verb, Number(amount))))
}
child.disconnect()
