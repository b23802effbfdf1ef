// Checks a member card in this browser: nothing that the card says is sent anywhere. The format is
// that of docs/CARD-FORMAT.md, and docs/vectors/card prove this file too.
(() => {
'use strict';

// ---- refusals and bytes ------------------------------------------------------------------------

class Refusal extends Error {}
const refuse = (reason) => { throw new Refusal(reason); };
const bad = () => refuse('card.not_ours');

const hex = (bytes) => Array.from(bytes, (x) => x.toString(16).padStart(2, '0')).join('');
const same = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);
const utf8 = new TextEncoder();
const fromBase64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

function toBase64(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}

function join(...parts) {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) { out.set(p, at); at += p.length; }
  return out;
}

// ---- SHA-256 and SHA-512 -----------------------------------------------------------------------

let slow = /[?&]fallback\b/.test(location.search); // without WebCrypto, for tests
const subtle = () => (slow ? undefined : globalThis.crypto && globalThis.crypto.subtle);

async function sha(wide, bytes) {
  if (subtle()) return new Uint8Array(await subtle().digest(wide ? 'SHA-512' : 'SHA-256', bytes));
  return pureSHA(wide, bytes);
}

// The constants of both are the first bits of roots of primes, so they are reckoned and not listed.
let constants;
function shaConstants() {
  if (constants) return constants;
  const primes = [];
  for (let n = 2n; primes.length < 80; n++) if (primes.every((p) => n % p)) primes.push(n);
  const root = (p, k) => {
    const target = p << (64n * k);
    let low = 0n, high = 1n << 70n;
    while (high - low > 1n) {
      const middle = (low + high) >> 1n;
      if (middle ** k <= target) low = middle; else high = middle;
    }
    return BigInt.asUintN(64, low);
  };
  constants = { start: primes.slice(0, 8).map((p) => root(p, 2n)), rounds: primes.map((p) => root(p, 3n)) };
  return constants;
}

function pureSHA(wide, bytes) {
  const width = wide ? 64 : 32, W = BigInt(width), block = width * 2, rounds = wide ? 80 : 64;
  const [a1, a2, a3, e1, e2, e3, s1, s2, s3, t1, t2, t3] = wide
    ? [28n, 34n, 39n, 14n, 18n, 41n, 1n, 8n, 7n, 19n, 61n, 6n]
    : [2n, 13n, 22n, 6n, 11n, 25n, 7n, 18n, 3n, 17n, 19n, 10n];
  const cut = (x) => BigInt.asUintN(width, x);
  const turn = (x, n) => cut((x >> n) | (x << (W - n)));
  const top = (x) => x >> (64n - W);
  const K = shaConstants().rounds.map(top);
  const h = shaConstants().start.map(top);
  const padded = new Uint8Array(Math.ceil((bytes.length + 1 + width / 4) / block) * block);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  for (let at = 0; at < padded.length; at += block) {
    const w = [];
    for (let i = 0; i < rounds; i++) {
      if (i < 16) {
        w[i] = BigInt('0x' + hex(padded.subarray(at + i * width / 8, at + (i + 1) * width / 8)));
        continue;
      }
      const x = w[i - 15], y = w[i - 2];
      w[i] = cut(w[i - 16] + (turn(x, s1) ^ turn(x, s2) ^ (x >> s3)) + w[i - 7] + (turn(y, t1) ^ turn(y, t2) ^ (y >> t3)));
    }
    let [a, b, c, d, e, f, g, z] = h;
    for (let i = 0; i < rounds; i++) {
      const first = z + (turn(e, e1) ^ turn(e, e2) ^ turn(e, e3)) + ((e & f) ^ (~e & g)) + K[i] + w[i];
      const second = (turn(a, a1) ^ turn(a, a2) ^ turn(a, a3)) + ((a & b) ^ (a & c) ^ (b & c));
      [a, b, c, d, e, f, g, z] = [cut(first + second), a, b, c, cut(d + first), e, f, g];
    }
    [a, b, c, d, e, f, g, z].forEach((x, i) => { h[i] = cut(h[i] + x); });
  }
  return Uint8Array.from(h.flatMap((x) => x.toString(16).padStart(width / 4, '0').match(/../g)), (x) => parseInt(x, 16));
}

// ---- Ed25519 (RFC 8032) ------------------------------------------------------------------------

// Some WebCrypto take what others refuse, so these are looked at before any of them is asked: S must be
// reduced, the key canonical, and not one of the points for which anybody can make signatures.
const EIGHTH = 0x5fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
function soundKey(publicKey) {
  const y = BigInt.asUintN(255, littleEndian(publicKey));
  return y < P && ![0n, 1n, P - 1n, EIGHTH, P - EIGHTH].includes(y);
}

async function verify(publicKey, signature, message) {
  if (!soundKey(publicKey) || littleEndian(signature.subarray(32)) >= L) return false;
  if (subtle()) {
    try {
      const key = await subtle().importKey('raw', publicKey, { name: 'Ed25519' }, false, ['verify']);
      return await subtle().verify({ name: 'Ed25519' }, key, signature, message);
    } catch {
      // This browser's WebCrypto does not know Ed25519 yet.
    }
  }
  return pureVerify(publicKey, signature, message);
}

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (x, m = P) => { const r = x % m; return r < 0n ? r + m : r; };

function power(base, exponent) {
  let out = 1n;
  for (base = mod(base); exponent; exponent >>= 1n) {
    if (exponent & 1n) out = mod(out * base);
    base = mod(base * base);
  }
  return out;
}

const D = mod(-121665n * power(121666n, P - 2n));
const littleEndian = (bytes) => BigInt('0x' + hex(Uint8Array.from(bytes).reverse()));

function point(bytes) { // [X, Y, Z, T], or undefined when no point has this encoding
  const odd = BigInt(bytes[31] >> 7);
  const y = BigInt.asUintN(255, littleEndian(bytes));
  if (y >= P) return undefined;
  const u = mod(y * y - 1n), v = mod(D * y * y + 1n);
  let x = mod(u * v ** 3n * power(u * v ** 7n, (P - 5n) / 8n));
  if (mod(v * x * x) !== u) x = mod(x * power(2n, (P - 1n) / 4n));
  if (mod(v * x * x) !== u || (x === 0n && odd)) return undefined;
  if ((x & 1n) !== odd) x = P - x;
  return [x, y, 1n, mod(x * y)];
}

function plus([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = mod((y1 - x1) * (y2 - x2)), b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * D * t1 * t2), d = mod(2n * z1 * z2);
  const e = b - a, f = d - c, g = d + c, h = b + a;
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

const BASE = (() => { const b = new Uint8Array(32).fill(0x66); b[0] = 0x58; return point(b); })();

async function pureVerify(publicKey, signature, message) {
  const A = point(publicKey), R = signature.subarray(0, 32), s = littleEndian(signature.subarray(32));
  if (!A) return false;
  const k = mod(littleEndian(await sha(true, join(R, publicKey, message))), L);
  const minusA = [mod(-A[0]), A[1], 1n, mod(-A[3])];
  const both = plus(BASE, minusA);
  let sum = [0n, 1n, 1n, 0n]; // s B - k A, both scalars at once
  for (let bit = 252n; bit >= 0n; bit--) {
    sum = plus(sum, sum);
    const inS = (s >> bit) & 1n, inK = (k >> bit) & 1n;
    if (inS && inK) sum = plus(sum, both); else if (inS) sum = plus(sum, BASE); else if (inK) sum = plus(sum, minusA);
  }
  const inverse = power(sum[2], P - 2n), x = mod(sum[0] * inverse), y = mod(sum[1] * inverse);
  return littleEndian(R) === (y | ((x & 1n) << 255n));
}

// ---- deterministic CBOR ------------------------------------------------------------------------

const SHORTEST = [24n, 256n, 65536n, 4294967296n];
const strictText = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(bytes) {
  const [value, end] = first(bytes, 0);
  return end === bytes.length ? value : bad();
}

// items cuts a CBOR sequence into its values.
function items(bytes) {
  const out = [];
  for (let at = 0, end; at < bytes.length; at = end) {
    end = first(bytes, at)[1];
    out.push(bytes.subarray(at, end));
  }
  return out;
}

function first(bytes, at) {
  const take = (n) => {
    if (n > bytes.length - at) bad();
    at += n;
    return bytes.subarray(at - n, at);
  };
  const argument = (small) => {
    if (small < 24) return small;
    if (small > 27) bad();
    let n = 0n;
    for (const x of take(1 << (small - 24))) n = (n << 8n) | BigInt(x);
    if (n < SHORTEST[small - 24] || n > BigInt(Number.MAX_SAFE_INTEGER)) bad();
    return Number(n);
  };
  const map = (n, depth) => {
    const out = new Map();
    for (let before = ''; n > 0; n--) {
      const start = at, key = item(depth), written = hex(bytes.subarray(start, at));
      if (written <= before) bad();
      before = written;
      out.set(key, item(depth));
    }
    return out;
  };
  const item = (depth) => {
    if (!depth) bad();
    const first = take(1)[0], major = first >> 5, small = first & 31;
    if (major === 7) return small === 20 ? false : small === 21 ? true : small === 22 ? null : bad();
    const n = argument(small);
    switch (major) {
      case 0: return n;
      case 1: return -1 - n;
      case 2: return take(n);
      case 3: try { return strictText.decode(take(n)); } catch { return bad(); }
      case 4: {
        const out = [];
        for (let i = 0; i < n; i++) out.push(item(depth - 1));
        return out;
      }
      case 5: return map(n, depth - 1);
      default: return { tag: n, value: item(depth - 1) };
    }
  };
  const value = item(16);
  return [value, at];
}

const isBytes = (x, size) => x instanceof Uint8Array && (size === undefined || x.length === size);
const isUint = (x, most = Number.MAX_SAFE_INTEGER) => Number.isInteger(x) && x >= 0 && x <= most;
const isText = (x) => typeof x === 'string';
const isTime = (x) => isUint(x, 253402300799);
const hasKeys = (map, needed, allowed = []) => map instanceof Map && needed.every((k) => map.has(k)) &&
  [...map.keys()].every((k) => needed.includes(k) || allowed.includes(k));

// ---- COSE_Sign1 --------------------------------------------------------------------------------

function sign1(bytes, typ) {
  const m = decode(bytes);
  if (!m || m.tag !== 18 || !Array.isArray(m.value) || m.value.length !== 4) bad();
  const [head, open, payload, signature] = m.value;
  if (!isBytes(head) || !(open instanceof Map) || open.size || !isBytes(payload) || !isBytes(signature, 64)) bad();
  const h = decode(head);
  if (!hasKeys(h, typ ? [1, 4, 16] : [1, 4]) || h.get(1) !== -8 || !isBytes(h.get(4), 8) || (typ && h.get(16) !== typ)) bad();
  return { head, payload, signature, kid: hex(h.get(4)) };
}

function byteString(bytes) {
  const n = bytes.length;
  const head = n < 24 ? [0x40 + n] : n < 256 ? [0x58, n] : n < 65536 ? [0x59, n >> 8, n & 255]
    : [0x5a, n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255];
  return join(head, bytes);
}

async function signedBy(m, publicKey) {
  if (hex((await sha(false, publicKey)).subarray(0, 8)) !== m.kid) return false;
  const signed = join([0x84, 0x6a], utf8.encode('Signature1'), byteString(m.head), [0x40], byteString(m.payload));
  return verify(publicKey, m.signature, signed);
}

// ---- head office's certificate and lists -------------------------------------------------------

const TRUST = 4, STATUS = 8;

async function certified(m, certificate, roots, issued, epoch, use) {
  const c = sign1(certificate, 'loket/office'), w = decode(c.payload);
  if (!hasKeys(w, [1, 2, 5, 6, 7, 8], [3, 4]) || !isBytes(w.get(2), 32) || !isBytes(w.get(8), 32) ||
    !isUint(w.get(5), 63) || !isTime(w.get(6)) || !isTime(w.get(7))) bad();
  const root = w.get(8);
  if (!roots.includes(hex(await sha(false, root)))) bad();
  if (w.get(1) !== epoch || !(w.get(5) & use) || issued < w.get(6) || issued >= w.get(7)) bad();
  if (!(await signedBy(c, root)) || !(await signedBy(m, w.get(2)))) bad();
}

// A list is a small signed head; what it names by hash are objects, which come behind it or are fetched.
// Those of the last cards are kept.
const objects = new Map(); // hash in hex -> bytes

async function keepObjects(parts) {
  for (const part of parts) objects.set(hex(await sha(false, part)), part);
}

// local and far give an object by its hash, or undefined: from what is here, or from head office too.
async function local(hash) {
  return objects.get(hash);
}

async function far(hash) {
  if (!objects.has(hash)) {
    const bytes = await load('/k/o/' + hash);
    if (bytes && hex(await sha(false, bytes)) === hash) objects.set(hash, bytes);
  }
  return objects.get(hash);
}

// open reads an object of a kind; undefined when it cannot be had.
async function open(get, hash, kind, length) {
  const raw = await get(hash);
  if (!raw) return undefined;
  const w = decode(raw);
  return Array.isArray(w) && w.length === length && w[0] === kind ? w : bad();
}

const hashAt = (index, i) => hex(index.subarray(32 * i, 32 * i + 32));

// keysOf finds the keys with an id: the first bits of it lead from index to index to a page.
async function keysOf(trust, kid, get) {
  if (trust.keys) return trust.keys.filter((k) => k.kid === kid);
  for (let hash = trust.top, from = 0; from <= 20;) {
    const raw = await get(hash);
    if (!raw) return undefined;
    const w = decode(raw);
    if (Array.isArray(w) && w.length === 2 && w[0] === 'loket/index') {
      const index = w[1], n = isBytes(index) ? index.length / 32 : 0, width = Math.log2(n);
      if (width < 1 || width > 7 || !Number.isInteger(width)) bad();
      hash = hashAt(index, Number((BigInt('0x' + kid) >> BigInt(64 - from - width)) & BigInt(n - 1)));
      from += width;
      continue;
    }
    const [, keys] = await open(get, hash, 'loket/keys', 2);
    const own = [];
    for (const k of keys.map(readKey)) if (k && hex((await sha(false, k.pub)).subarray(0, 8)) === kid) own.push(k);
    return own;
  }
  return bad();
}

// readKey reads a key of a page: one that may make cards, or one that was replaced or revoked and vouches
// for marked cards alone. One that is unsound by itself vouches for nothing.
function readKey(k) {
  if (!Array.isArray(k) || !isBytes(k[0], 32)) bad();
  if (k.length === 5) {
    const [pub, , , why, since] = k;
    if ((why !== 1 && why !== 2) || !isTime(since) || !since) bad();
    return soundKey(pub) && { pub, why, since };
  }
  const [pub, , , , from, until, verifyUntil, gaps] = k;
  if (k.length !== 8 || ![from, until, verifyUntil].every(isTime) || !Array.isArray(gaps) || gaps.length % 2) bad();
  const serials = [];
  for (let i = 0, next = 0; i < gaps.length; i += 2) {
    const at = next + gaps[i];
    next = at + gaps[i + 1];
    if (!isUint(gaps[i]) || !isUint(gaps[i + 1]) || !at || next <= at || next > 2 ** 32) bad();
    serials.push([at, next - 1]);
  }
  return soundKey(pub) && from < until && { pub, from, until, verifyUntil, serials };
}

async function parseTrust(bytes, roots) {
  const [head, ...parts] = items(bytes);
  const m = sign1(head, 'loket/trust'), w = decode(m.payload), paged = w instanceof Map && w.get(1) === 2;
  if (!hasKeys(w, [1, 2, 3, 4, 5, 7, 8], [6, 9]) || !(paged || w.get(1) === 1) || !isUint(w.get(2)) || !isUint(w.get(3)) ||
    !isTime(w.get(4)) || !isTime(w.get(5)) || w.get(5) <= w.get(4) || !isBytes(w.get(8)) ||
    !(paged ? isBytes(w.get(7), 32) : Array.isArray(w.get(7))) || (w.has(9) && !(paged ? isBytes(w.get(9), 32) : w.get(9) instanceof Map))) bad();
  const list = { epoch: w.get(2), seq: w.get(3), issued: w.get(4), next: w.get(5), bytes: head };
  if (paged) {
    list.top = hex(w.get(7));
    if (w.has(9)) list.names = hex(w.get(9));
  } else {
    list.branches = w.get(9);
    list.keys = w.get(7).map(inlineKey);
  }
  await certified(m, w.get(8), roots, list.issued, list.epoch, TRUST);
  await keepObjects(parts);
  return list;
}

function inlineKey(k) { // of a list of format 1
  if (!Array.isArray(k) || k.length !== 10) bad();
  const [kid, pub, , , from, until, verifyUntil, revoked, serials, accepted] = k;
  if (!isBytes(kid, 8) || !isBytes(pub, 32) || !soundKey(pub) || ![from, until, verifyUntil].every(isTime) || from >= until ||
    !(revoked === null || isTime(revoked)) || !Array.isArray(serials) ||
    !serials.every((r) => Array.isArray(r) && r.length === 2 && r[0] > 0 && r[0] <= r[1]) || !isBytes(accepted) || accepted.length % 8) bad();
  return { kid: hex(kid), pub, from, until, verifyUntil, serials, accepted: revoked === null ? undefined : accepted };
}

// nameOf is the name of a branch, for people; undefined where it is not at hand.
async function nameOf(trust, branch, get) {
  const names = trust.names ? ((await open(get, trust.names, 'loket/names', 2)) || [])[1] : trust.branches;
  return names instanceof Map ? names.get(branch) : undefined;
}

const SHARD = 131072;

async function parseStatus(bytes, roots) {
  const [head, ...parts] = items(bytes);
  const m = sign1(head, 'application/statuslist+cwt'), w = decode(m.payload);
  if (!hasKeys(w, [2, 4, 6, 65533, 65534, -65538], [-65539]) || (w.has(-65539) && !isBytes(w.get(-65539), 32))) bad();
  const lst = w.get(65533), own = w.get(-65538);
  if (!hasKeys(lst, ['bits', 'lst']) || lst.get('bits') !== 2 || !isBytes(lst.get('lst')) ||
    !Array.isArray(own) || own.length !== 5 || own[0] !== 1 || ![own[1], own[2], own[3]].every((x) => isUint(x)) || !isBytes(own[4]) ||
    !isTime(w.get(4)) || !isTime(w.get(6)) || w.get(4) <= w.get(6) || w.get(2) !== 'urn:loket:status:' + own[3]) bad();
  const list = { epoch: own[1], seq: own[2], shard: own[3], issued: w.get(6), expires: w.get(4), bytes: head };
  if (w.has(-65539)) list.marks = hex(w.get(-65539));
  await certified(m, own[4], roots, list.issued, list.epoch, STATUS);
  list.bits = inflate(lst.get('lst'), SHARD / 4);
  if (list.bits.length !== SHARD / 4) bad();
  await keepObjects(parts);
  return list;
}

// patched makes a shard's newer list from the one at hand and what changed. The bits stand in it as zlib of
// stored blocks, so that these are the very bytes that were signed; take proves them as it proves any.
function patched(list, bytes) {
  const w = decode(bytes);
  if (!Array.isArray(w) || w.length !== 5 || w[0] !== 1 || ![1, 2, 3, 4].every((i) => isBytes(w[i]))) bad();
  const changes = decode(w[3]).get(7), bits = Uint8Array.from(list.bits);
  changes.forEach((gaps, status) => gaps.reduce((before, gap) => {
    const i = before + gap;
    if (!(i < SHARD)) bad();
    bits[i >> 2] = (bits[i >> 2] & ~(3 << (2 * (i & 3)))) | (status << (2 * (i & 3)));
    return i;
  }, 0));
  return join(w[2], [0x78, 1, 0, 0, 0x80, 0xff, 0x7f], bits, [1, 0, 0, 0xff, 0xff], adler(bits), w[4]);
}

// marked says whether head office vouches for a card of a key that was replaced or revoked: undefined where
// the page is not at hand, or the list is older than the day since when the key needs a mark.
async function marked(card, list, since, get) {
  if (!list || Math.floor(card.serial / SHARD) !== list.shard) return undefined;
  const no = list.issued < since ? undefined : false;
  if (!list.marks) return no;
  const index = await open(get, list.marks, 'loket/index', 2), page = Math.floor(card.serial / 1024);
  if (!index) return undefined;
  if (!isBytes(index[1], 32 * 128)) bad();
  const hash = hashAt(index[1], page % 128);
  if (/^0+$/.test(hash)) return no;
  const w = await open(get, hash, 'loket/marks', 4);
  if (!w) return undefined;
  const [, number, gaps, marks] = w;
  if (number !== page || !Array.isArray(gaps) || !isBytes(marks, 8 * gaps.length)) bad();
  const mark = (await sha(false, card.bytes)).subarray(0, 8);
  let serial = page * 1024;
  for (let i = 0; i < gaps.length; i++, serial++) {
    if (!isUint(gaps[i], 1023)) bad();
    serial += gaps[i];
    if (serial === card.serial && same(mark, marks.subarray(8 * i, 8 * i + 8))) return true;
  }
  return no;
}

const STATUSES = ['active', 'invalid', 'inactive', 'not_yet_accepted'];

function statusOf(list, serial, at) {
  if (!list || at > list.expires || Math.floor(serial / SHARD) !== list.shard) return 'unknown';
  const i = serial % SHARD;
  return STATUSES[(list.bits[i >> 2] >> (2 * (i & 3))) & 3];
}

// ---- zlib (RFC 1950, 1951), up to a limit ------------------------------------------------------

const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const DISTANCES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];

function huffman(lengths) { // counts of codes by length, and symbols in order
  const counts = new Array(16).fill(0), symbols = [];
  lengths.forEach((n) => { counts[n]++; });
  counts[0] = 0;
  for (let n = 1; n < 16; n++) lengths.forEach((l, s) => { if (l === n) symbols.push(s); });
  return { counts, symbols };
}

function adler(bytes) {
  let a = 1, b = 0;
  for (const x of bytes) { a = (a + x) % 65521; b = (b + a) % 65521; }
  return Uint8Array.of(b >> 8, b & 255, a >> 8, a & 255);
}

function inflate(bytes, limit) {
  if (bytes.length < 6 || (bytes[0] & 15) !== 8 || bytes[1] & 32 || ((bytes[0] << 8) | bytes[1]) % 31) bad();
  const out = [];
  let at = 2, bit = 0;
  const bits = (n) => {
    let value = 0;
    for (let i = 0; i < n; i++) {
      if (at >= bytes.length) bad();
      value |= ((bytes[at] >> bit) & 1) << i;
      if (++bit === 8) { bit = 0; at++; }
    }
    return value;
  };
  const symbol = ({ counts, symbols }) => {
    let code = 0, first = 0, index = 0;
    for (let n = 1; n < 16; n++) {
      code |= bits(1);
      if (code - first < counts[n]) return symbols[index + code - first];
      index += counts[n];
      first = (first + counts[n]) << 1;
      code <<= 1;
    }
    return bad();
  };
  const put = (x) => { if (out.push(x) > limit) bad(); };
  const stored = () => {
    if (bit) { bit = 0; at++; }
    const n = bits(16);
    if ((n ^ bits(16)) !== 0xffff) bad();
    for (let i = 0; i < n; i++) put(bits(8));
  };
  const codes = () => {
    const literals = bits(5) + 257, distances = bits(5) + 1, order = new Array(19).fill(0), lengths = [];
    const count = bits(4) + 4;
    [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15].slice(0, count).forEach((s) => { order[s] = bits(3); });
    const meta = huffman(order);
    while (lengths.length < literals + distances) {
      const s = symbol(meta);
      if (s < 16) { lengths.push(s); continue; }
      if (s === 16 && !lengths.length) bad();
      const value = s === 16 ? lengths[lengths.length - 1] : 0;
      for (let n = s === 16 ? bits(2) + 3 : s === 17 ? bits(3) + 3 : bits(7) + 11; n > 0; n--) lengths.push(value);
    }
    return [huffman(lengths.slice(0, literals)), huffman(lengths.slice(literals, literals + distances))];
  };
  const fixed = () => [
    huffman(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
    huffman(new Array(30).fill(5)),
  ];
  const compressed = ([literal, distance]) => {
    for (let s = symbol(literal); s !== 256; s = symbol(literal)) {
      if (s < 256) { put(s); continue; }
      const l = s - 257, length = LENGTHS[l] + bits(l < 8 || l === 28 ? 0 : (l >> 2) - 1);
      const d = symbol(distance), back = DISTANCES[d] + bits(d < 4 ? 0 : (d >> 1) - 1);
      if (!(length > 0) || !(back <= out.length)) bad();
      for (let i = 0; i < length; i++) put(out[out.length - back]);
    }
  };
  for (let last = 0; !last;) {
    last = bits(1);
    const kind = bits(2);
    if (kind === 0) stored(); else if (kind === 1) compressed(fixed()); else if (kind === 2) compressed(codes()); else bad();
  }
  if (bit) at++;
  if (at + 4 !== bytes.length || !same(adler(out), bytes.subarray(at))) bad();
  return Uint8Array.from(out);
}

// ---- the text of a card ------------------------------------------------------------------------

const DIGITS_OF = [0, 3, 5, 8, 10, 13, 15, 17]; // for 0 to 7 bytes

function fromDigits(text) {
  if (text.length > 1243) refuse('card.unreadable');
  const out = [];
  for (let i = 0; i < text.length; i += 17) {
    const group = text.slice(i, i + 17), size = DIGITS_OF.indexOf(group.length);
    let n = BigInt(group);
    if (size < 1 || n >> BigInt(8 * size)) refuse('card.unreadable');
    for (let j = size - 1; j >= 0; j--) { out[i / 17 * 7 + j] = Number(n & 255n); n >>= 8n; }
  }
  return Uint8Array.from(out);
}

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

function fromClaim169(text) { // base45 of zlib
  const out = [];
  for (let i = 0; i < text.length; i += 3) {
    const group = [...text.slice(i, i + 3)].map((c) => ALPHANUMERIC.indexOf(c));
    const n = group.reduceRight((sum, d) => sum * 45 + d, 0);
    if (group.includes(-1) || group.length < 2 || n >= (group.length === 3 ? 65536 : 256)) refuse('card.unreadable');
    if (group.length === 3) out.push(n >> 8);
    out.push(n & 255);
  }
  let bytes;
  try { bytes = inflate(Uint8Array.from(out), 4096); } catch { refuse('card.unreadable'); }
  return bytes[0] === 0xd8 && bytes[1] === 61 ? bytes.subarray(2) : bytes; // CWT tag 61 is optional
}

const plain = (s) => s.toUpperCase().replace(/[^A-Z0-9]/g, '');

function readText(text, hosts) {
  text = text.trim();
  if (text.length > 4096) refuse('card.unreadable');
  const m = /^([^]*)#([0-9]+)$/.exec(text) || /^()([0-9]+)$/.exec(text) || /^([^]*[^0-9])([0-9]{201,})$/.exec(text);
  if (!m) return { bytes: fromClaim169(text), foreign: false };
  const address = plain(m[1]);
  const foreign = address !== '' && hosts.length > 0 && !hosts.some((h) => address === plain('HTTPS' + h + 'K'));
  return { bytes: fromDigits(m[2]), foreign };
}

// ---- the card ----------------------------------------------------------------------------------

const isToken = (s, most) => isText(s) && s.length <= most && /^[!-~]+$/.test(s);
const isName = (s) => isText(s) && [...s].length <= 52 && s.trim() === s && /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u.test(s);

function parseCard(bytes) {
  if (bytes.length > 512) bad();
  const m = sign1(bytes), w = decode(m.payload);
  if (!hasKeys(w, [1, 4, 6, 169, -65537])) bad();
  const person = w.get(169), own = w.get(-65537), issued = w.get(6), expires = w.get(4);
  if (!hasKeys(person, [1, 4]) || !Array.isArray(own) || own.length !== 6) bad();
  const [format, programmes, branch, serial, generation, payer] = own;
  if (!isToken(w.get(1), 8) || !isTime(issued) || !isTime(expires) || issued >= expires ||
    !isText(person.get(1)) || !/^[0-9]{11}$/.test(person.get(1)) || !isName(person.get(4)) ||
    format !== 1 || !isUint(programmes, 7) || programmes < 1 || !isToken(branch, 16) ||
    !isUint(serial, 0xffffffff) || serial < 1 || !isUint(generation, 65535) || generation < 1 || !isUint(payer, 2)) bad();
  return {
    m, bytes, issuer: w.get(1), issued, expires, member: person.get(1), name: person.get(4),
    programmes, branch, serial, generation, payer,
  };
}

async function judge(card, trust, status, get) {
  if (!trust) return 'trust.missing';
  const keys = await keysOf(trust, card.m.kid, get);
  if (!keys) return 'trust.missing';
  let reason = 'card.unknown_key';
  for (const k of keys) {
    if (reason === 'card.unknown_key') reason = 'card.signature';
    if (!(await signedBy(card.m, k.pub))) continue;
    reason = await judgeByKey(card, k, status, get);
    if (reason === 'card.genuine') break;
  }
  return reason;
}

async function judgeByKey(card, key, status, get) {
  if (key.why) {
    const is = await marked(card, status, key.since, get);
    return is ? 'card.genuine' : is === undefined ? 'trust.marks_missing' : key.why === 2 ? 'card.key_revoked' : 'card.key_replaced';
  }
  if (card.issued < key.from || card.issued >= key.until) return 'card.outside_window';
  if (card.expires > key.verifyUntil) return 'card.outlives_key';
  if (!key.serials.some(([first, last]) => first <= card.serial && card.serial <= last)) return 'card.serial_foreign';
  if (!key.accepted) return 'card.genuine';
  const mark = (await sha(false, card.bytes)).subarray(0, 8);
  for (let i = 0; i < key.accepted.length; i += 8) if (same(mark, key.accepted.subarray(i, i + 8))) return 'card.genuine';
  return 'card.key_revoked';
}

const PRACTICE = 'LATIHAN';
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

async function verdict(card, foreign, trust, status, at, get) {
  const v = { genuine: false, reason: await judge(card, trust, status, get), status: 'unknown', colour: 'red', card };
  if (v.reason === 'trust.marks_missing') v.colour = 'amber'; // nothing is said against the card, and nothing for it
  if (v.reason !== 'card.genuine') return v;
  v.genuine = true;
  if (at >= card.expires) v.reason = 'card.expired';
  else if (foreign) v.reason = 'card.foreign_host';
  else if (at > trust.next) v.reason = 'trust.stale';
  v.status = statusOf(status, card.serial, at);
  if (v.status !== 'invalid') v.colour = v.reason === 'card.genuine' && v.status === 'active' && card.issuer !== PRACTICE ? 'green' : 'amber';
  const sum = await sha(false, card.bytes), n = ((sum[0] << 8) | sum[1]) % 576;
  v.code = LETTERS[Math.floor(n / 24)] + LETTERS[n % 24];
  v.branch = await nameOf(trust, card.branch, get);
  return v;
}

// ---- the lists that this browser keeps ---------------------------------------------------------

const bootstrap = JSON.parse(document.getElementById('bootstrap').textContent);
const roots = bootstrap.roots || [];
const hosts = [location.host, ...(bootstrap.hosts || [])];
const lists = new Map(); // name -> list that was proven

const keep = (name, value) => { try { localStorage.setItem('loket.' + name, value); } catch { /* full, or not allowed */ } };
const kept = (name) => { try { return localStorage.getItem('loket.' + name); } catch { return null; } };
const newer = (a, b) => !b || a.epoch > b.epoch || (a.epoch === b.epoch && a.seq >= b.seq);

// take proves a list and keeps it, unless a newer one was ever seen here.
async function take(name, bytes) {
  const list = await (name === 'trust' ? parseTrust : parseStatus)(bytes, roots).catch(() => undefined);
  const [epoch, seq] = (kept(name + '.seen') || '0.0').split('.').map(Number);
  if (!list || !newer(list, { epoch, seq }) || !newer(list, lists.get(name))) return false;
  if (name !== 'trust' && name !== 'status.' + list.shard) return false;
  lists.set(name, list);
  keep(name + '.seen', list.epoch + '.' + list.seq);
  keep(name, toBase64(list.bytes));
  return true;
}

async function recall(name, embedded) {
  for (const text of [kept(name), embedded]) {
    if (text && !lists.has(name)) await take(name, fromBase64(text));
  }
  if (embedded) await take(name, fromBase64(embedded));
}

async function load(path, cache) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), 8000);
  try {
    const response = await fetch(path, { cache, credentials: 'omit', signal: patience.signal });
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
  } catch {
    return undefined; // No line: what is kept has to do, and its age is shown.
  } finally {
    clearTimeout(timer);
  }
}

async function refresh(name, path) {
  const have = name !== 'trust' && lists.get(name);
  let bytes = await load(have ? path + '?held=' + hex(await sha(false, have.bytes)) : path, 'no-cache');
  if (have && bytes && bytes[0] === 0x85) {
    try { bytes = patched(have, bytes); } catch { bytes = undefined; }
    if (!bytes || !(await take(name, bytes))) bytes = await load(path, 'no-cache'); // the whole list then
  }
  if (bytes) await take(name, bytes);
}

// shelve keeps the objects that the last answers needed, the newest in front.
const SHELF = 200000; // characters
async function shelve(used) {
  const all = [...new Set([...used].map((hash) => objects.get(hash)).filter(Boolean).map(toBase64).concat((kept('objects') || '').split(' ').filter(Boolean)))];
  let size = 0;
  keep('objects', all.filter((text) => (size += text.length) < SHELF).join(' '));
}

const unshelve = () => keepObjects((kept('objects') || '').split(' ').filter(Boolean).map(fromBase64));

// The time is never earlier than a list that was proven: a phone's clock may be wrong.
const now = () => Math.max(Math.floor(Date.now() / 1000), ...[...lists.values()].map((l) => l.issued));

// ---- words -------------------------------------------------------------------------------------

const WORDS = {
  id: {
    title: 'Cek kartu kepesertaan', other: 'English', checking: 'Sedang diperiksa…',
    practice: 'LATIHAN: kartu ini hanya untuk berlatih, bukan kartu sungguhan.',
    askTitle: 'Periksa kartu', askHow: 'Arahkan kamera HP ke kode QR pada kartu, lalu buka alamat yang muncul.',
    askLabel: 'Atau tempel teks kodenya di sini', askButton: 'Periksa', again: 'Periksa kartu lain',
    private: 'Kode kartu diperiksa di HP ini. Data Anda tidak dikirim.', copy: 'Cocokkan nama dengan KTP; kartu bisa difotokopi.',
    free: 'Kartu ini gratis. Tidak boleh ada pungutan.', report: 'Bila ada yang meminta uang, laporkan ke 175 atau kantor cabang.',
    call: 'Telepon 175', chat: 'Kirim pesan', notes: 'Yang perlu diketahui',
    cover: 'Perlindungan', 'active': 'AKTIF', 'not_yet_accepted': 'BELUM AKTIF', 'inactive': 'TIDAK AKTIF',
    'unknown': 'BELUM DIKETAHUI',
    'practice.why': 'Contoh untuk berlatih: kartu ini tidak memberi perlindungan.',
    'active.why': 'Anda terlindungi sesuai ketentuan, selama status aktif.',
    'not_yet_accepted.why': 'Anda sudah terdaftar dan menunggu persetujuan. Periksa lagi beberapa hari lagi.',
    'inactive.why': 'Perlindungan belum mulai atau sudah berakhir. Tanyakan ke kantor cabang atau 175 apa yang perlu dilakukan.',
    'unknown.why': 'Status kartu ini belum bisa dipastikan. Sambungkan HP ke internet lalu periksa lagi, atau tanyakan ke 175.',
    'invalid.why': 'Kartu ini sudah tidak berlaku, jadi statusnya tidak dapat dilihat dari kartu ini. Pakai kartu pengganti, atau tanyakan ke 175.',
    'unproven.why': 'Dari kode ini perlindungan tidak dapat diketahui. Ini bukan berarti Anda tidak terdaftar: tanyakan ke 175 atau kantor cabang.',
    government: 'Iuran Anda ditanggung pemerintah daerah;', noPay: 'Anda tidak perlu membayar.',
    self: 'Iuran dibayar sendiri lewat saluran resmi, jangan kepada petugas.',
    listDate: 'Menurut daftar {date}', noList: 'Daftar status belum ada di HP ini.', staleList: 'Daftar status di HP ini sudah lewat tanggal ({date}).',
    card: 'Kartu', genuine: 'Kartu ini asli', invalid: 'Kartu ini tidak berlaku lagi',
    'invalid.card': 'Rusak, diganti, hilang, atau dibatalkan; kepesertaan tidak hilang karena penggantian kartu.',
    compare: 'Cocokkan nama dengan KTP', nth: 'kartu ke-{n}', code: 'Kode kartu {code}, no. seri {serial}',
    issuedBy: 'Diterbitkan {branch}, {date}', branch: 'kantor cabang {branch}',
    'trust.stale': 'Kartu ini tampaknya asli, tetapi belum pasti', 'trust.stale.why': 'Daftar kartu sah di HP ini sudah lama ({date}). Sambungkan HP ke internet, lalu periksa lagi.',
    'card.expired': 'Kartu ini asli, tetapi masa berlakunya habis', 'card.expired.why': 'Berlaku sampai {date}. Minta kartu baru di kantor cabang; gratis.',
    'card.foreign_host': 'Isi kartu asli, tetapi alamat asing', 'card.foreign_host.why': 'Alamat pada kode ini bukan alamat resmi. Jangan dibuka; tunjukkan kartu ke kantor cabang.',
    'trust.marks_missing': 'Kartu belum bisa dipastikan', 'trust.marks_missing.why': 'Pembuat kartu ini sudah diganti, dan halaman tandanya belum ada di HP ini. Sambungkan HP ke internet, lalu periksa lagi.',
    'trust.missing': 'Kartu belum bisa diperiksa', 'trust.missing.why': 'Daftar kartu sah belum ada di HP ini. Sambungkan HP ke internet, lalu coba lagi.',
    'card.unreadable': 'Kode tidak terbaca utuh', 'card.unreadable.why': 'Bersihkan kartu dan pindai sekali lagi dari dekat.',
    unknownCard: 'Kartu tidak dikenal', 'card.not_ours.why': 'Kode ini bukan kode kartu peserta.',
    'card.unknown_key.why': 'Pembuat kartu ini tidak ada dalam daftar kartu sah.', 'card.signature.why': 'Tanda tangan digitalnya tidak cocok: kode ini salah baca, diubah, atau dipalsukan.',
    'refused.why': 'Kartu ini dibuat di luar izin pembuatnya.', 'card.key_revoked.why': 'Perangkat pembuat kartu ini sudah dicabut.',
    'card.key_replaced.why': 'Kunci pembuat kartu ini sudah diganti, dan kantor pusat tidak mencatat kartu ini.',
    doubt: 'Jangan serahkan uang atau data pribadi. Tanyakan ke kantor cabang atau 175.',
  },
  en: {
    title: 'Check a member card', other: 'Bahasa Indonesia', checking: 'Checking…',
    practice: 'PRACTICE: this card is for training only; it is not a real card.',
    askTitle: 'Check a card', askHow: 'Point the phone’s camera at the card’s QR code and open the address that appears.',
    askLabel: 'Or paste the text of the code here', askButton: 'Check', again: 'Check another card',
    private: 'The card’s code is checked on this phone. Your data is not sent.', copy: 'Compare the name with the KTP; cards can be photocopied.',
    free: 'This card is free. Nobody may charge for it.', report: 'If anyone asks for money, report it to 175 or the branch office.',
    call: 'Call 175', chat: 'Send a message', notes: 'What you should know',
    cover: 'Cover', 'active': 'ACTIVE', 'not_yet_accepted': 'NOT ACTIVE YET', 'inactive': 'NOT ACTIVE',
    'unknown': 'NOT KNOWN',
    'practice.why': 'An example for training: this card gives no cover.',
    'active.why': 'You are covered as the rules say, as long as the status is active.',
    'not_yet_accepted.why': 'You are registered and await approval. Check again in a few days.',
    'inactive.why': 'Cover has not begun or has ended. Ask the branch office or 175 what to do.',
    'unknown.why': 'The status of this card cannot be told for certain. Connect the phone to the internet and check again, or ask 175.',
    'invalid.why': 'This card is no longer valid, so it cannot show the status. Use the replacement card, or ask 175.',
    'unproven.why': 'This code does not tell whether you are covered. It does not mean that you are not registered: ask 175 or the branch office.',
    government: 'Your contribution is paid by the local government;', noPay: 'you need not pay.',
    self: 'You pay the contribution yourself, through official channels, never to an officer.',
    listDate: 'According to the list of {date}', noList: 'There is no status list on this phone yet.', staleList: 'The status list on this phone is past its date ({date}).',
    card: 'Card', genuine: 'This card is genuine', invalid: 'This card is not valid any more',
    'invalid.card': 'Spoiled, replaced, lost or cancelled; membership is not lost by replacing a card.',
    compare: 'Compare the name with the KTP', nth: 'card no. {n}', code: 'Card code {code}, serial {serial}',
    issuedBy: 'Issued by {branch}, {date}', branch: 'branch office {branch}',
    'trust.stale': 'This card seems genuine, but that is not certain', 'trust.stale.why': 'The trust list on this phone is old ({date}). Connect the phone to the internet and check again.',
    'card.expired': 'This card is genuine, but has expired', 'card.expired.why': 'Valid until {date}. Ask the branch office for a new card; it is free.',
    'card.foreign_host': 'The content is genuine, but the address is foreign', 'card.foreign_host.why': 'The address in this code is not an official one. Do not open it; show the card to the branch office.',
    'trust.marks_missing': 'The card cannot be told for certain yet', 'trust.marks_missing.why': 'The maker of this card was replaced, and the page of marks is not on this phone yet. Connect the phone to the internet and check again.',
    'trust.missing': 'The card cannot be checked yet', 'trust.missing.why': 'There is no trust list on this phone yet. Connect the phone to the internet and try again.',
    'card.unreadable': 'The code was not read whole', 'card.unreadable.why': 'Clean the card and scan it again from close by.',
    unknownCard: 'Unknown card', 'card.not_ours.why': 'This is not the code of a member card.',
    'card.unknown_key.why': 'The maker of this card is not in the trust list.', 'card.signature.why': 'The digital signature does not match: the code was misread, changed or forged.',
    'refused.why': 'This card was made outside what its maker was allowed.', 'card.key_revoked.why': 'The device that made this card was revoked.',
    'card.key_replaced.why': 'The key that made this card has been replaced, and head office has no record of this card.',
    doubt: 'Hand over no money and no personal data. Ask the branch office or 175.',
  },
};

let language = kept('language') === 'en' ? 'en' : 'id';
const say = (key, values = {}) => WORDS[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const known = (key) => key in WORDS[language];

function date(seconds, hour) {
  const options = { day: 'numeric', month: 'long', year: 'numeric' };
  if (hour) Object.assign(options, { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' });
  return new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', options).format(new Date(seconds * 1000)).replace(/ /g, '\u00a0').replace(/(\d{4})\u00a0/, '$1 ');
}

// ---- the page ----------------------------------------------------------------------------------

const $ = (id) => document.getElementById(id);

function element(name, className, ...children) {
  const e = document.createElement(name);
  if (className) e.className = className;
  e.append(...children.filter((c) => c !== undefined && c !== ''));
  return e;
}

const paragraph = (className, ...children) => element('p', className, ...children);

// cover is the first answer: is this person covered?
function cover(v) {
  const status = v.genuine && v.status !== 'invalid' ? v.status : 'unknown';
  const practice = v.genuine && v.card.issuer === PRACTICE;
  const why = !v.genuine ? 'unproven.why' : practice ? 'practice.why' : v.status + '.why';
  const box = element('section', 'box ' + (v.colour === 'green' ? 'green' : 'amber'),
    element('h2', '', element('span', '', say('cover')), ' ', element('span', 'big', say(status))));
  const text = paragraph('', say(why));
  if (v.genuine && v.status !== 'invalid' && !practice) {
    if (v.card.payer === 1) text.append(' ' + say('government') + ' ', element('strong', '', say('noPay')));
    else if (v.card.payer === 0 && v.status !== 'active') text.append(' ' + say('self'));
  }
  box.append(text);
  const list = v.genuine && lists.get('status.' + Math.floor(v.card.serial / SHARD));
  if (v.genuine) {
    const key = !list ? 'noList' : now() > list.expires ? 'staleList' : 'listDate';
    box.append(paragraph('small', say(key, { date: list ? date(list.issued, true) : '' })));
  }
  return box;
}

const PROGRAMMES = ['JKK Kecelakaan Kerja', 'JKM Kematian', 'JHT Hari Tua'];

// face repeats what is printed on the card, to compare.
function face(v) {
  const c = v.card;
  const branch = v.branch || say('branch', { branch: c.branch });
  const chips = PROGRAMMES.filter((_, i) => c.programmes & (1 << i)).map((p) => element('li', '', p));
  return [
    paragraph('small', say('compare')), paragraph('name', c.name),
    paragraph('number', 'KPJ ' + c.member.replace(/^(...)(....)(....)$/, '$1 $2 $3') + ' · ' + say('nth', { n: c.generation })),
    element('ul', '', ...chips),
    paragraph('small', say('code', { code: v.code, serial: 'KT-' + String(c.serial).padStart(7, '0') })),
    paragraph('small', say('issuedBy', { branch, date: date(c.issued) })),
  ];
}

// cardBox is the second answer: is this card genuine?
function cardBox(v) {
  const trust = lists.get('trust');
  const box = element('section', 'box');
  const heading = (className, mark, text) => element('h2', 'mark ' + className, element('span', '', mark + ' '), text);
  if (v.genuine && v.status === 'invalid') {
    box.append(heading('bad', '✕', say('invalid')), paragraph('', say('invalid.card')), ...face(v));
  } else if (v.genuine && v.reason === 'card.genuine') {
    box.append(heading('ok', '✓', say('genuine')), ...face(v));
  } else if (v.genuine) {
    const day = v.reason === 'card.expired' ? v.card.expires : trust.issued;
    box.append(heading('warn', '!', say(v.reason)), paragraph('', say(v.reason + '.why', { date: date(day) })), ...face(v));
  } else if (known(v.reason)) { // nothing is said against the card: it could not be read or checked
    box.append(heading('warn', '!', say(v.reason)), paragraph('', say(v.reason + '.why')));
  } else {
    box.className += ' red';
    box.append(heading('bad', '✕', say('unknownCard')), paragraph('', say(known(v.reason + '.why') ? v.reason + '.why' : 'refused.why')),
      paragraph('', element('strong', '', say('doubt'))));
  }
  box.firstChild.firstChild.setAttribute('aria-hidden', 'true');
  return box;
}

let shown; // the verdict on the screen

function render() {
  document.documentElement.lang = language;
  document.title = say('title');
  document.querySelectorAll('[data-say]').forEach((e) => { e.textContent = say(e.dataset.say); });
  $('language').textContent = say('other');
  $('language').lang = language === 'id' ? 'en' : 'id';
  $('notes').setAttribute('aria-label', say('notes'));
  $('ask').hidden = Boolean(shown);
  $('again').hidden = !shown;
  $('practice').hidden = !(shown && shown.card && shown.card.issuer === PRACTICE);
  if (!shown) $('answer').replaceChildren();
  else if (shown.waiting) $('answer').replaceChildren(paragraph('box', say('checking')));
  else $('answer').replaceChildren(cover(shown), cardBox(shown));
  $('answer').dataset.reason = shown && !shown.waiting ? shown.reason : '';
  $('answer').dataset.colour = shown && !shown.waiting ? shown.colour : '';
  $('answer').dataset.status = shown && !shown.waiting ? shown.status : '';
}

let turn = 0;

// check answers from the lists at hand, and again when newer ones have come.
async function check(text) {
  const mine = ++turn;
  const show = (v) => {
    if (mine !== turn) return;
    shown = v;
    render();
  };
  $('answer').dataset.final = '';
  show({ waiting: true });
  let scanned, card;
  try {
    scanned = readText(text, hosts);
    card = parseCard(scanned.bytes);
  } catch (e) {
    if (!(e instanceof Refusal)) throw e;
    show({ genuine: false, reason: e.message, status: 'unknown', colour: 'red' });
    return;
  }
  const shard = Math.floor(card.serial / SHARD), name = 'status.' + shard;
  const used = new Set();
  const answer = (get) => verdict(card, scanned.foreign, lists.get('trust'), lists.get(name), now(), (hash) => { used.add(hash); return get(hash); })
    .catch(() => ({ genuine: false, reason: 'trust.missing', status: 'unknown', colour: 'red', card })); // an object that head office did not make
  await unshelve();
  await recall('trust', bootstrap.trust);
  await recall(name);
  const known = () => [lists.get('trust'), lists.get(name)];
  const before = known();
  const said = before.every(Boolean) ? await answer(local) : undefined;
  const whole = said && said.reason !== 'trust.missing' && said.reason !== 'trust.marks_missing';
  if (whole) show(said);
  await Promise.all([refresh('trust', '/k/trust.cose'), refresh(name, '/k/status/' + shard + '.cwt')]);
  // Said twice only when something changed: screen readers read it aloud.
  if (!whole || known().some((list, i) => !same(list.bytes, before[i].bytes))) show(await answer(far));
  await shelve(used);
  if (mine === turn) $('answer').dataset.final = String(mine);
}

function readHash() {
  const text = location.hash.slice(1);
  if (!text) return;
  history.replaceState(null, '', location.pathname + location.search);
  let whole = text;
  try { whole = decodeURIComponent(text); } catch { /* as it is */ }
  check(whole);
}

$('language').addEventListener('click', () => {
  language = language === 'id' ? 'en' : 'id';
  keep('language', language);
  render();
});
$('ask').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = $('text').value;
  $('text').value = '';
  check(text);
  $('answer').focus();
});
$('again').addEventListener('click', () => {
  turn++;
  shown = undefined;
  render();
  $('text').focus();
});
if (bootstrap.chat) { $('chat').href = bootstrap.chat; $('chat').hidden = false; }
addEventListener('hashchange', readHash);
render();
readHash();
if (navigator.serviceWorker) navigator.serviceWorker.register('/k/sw.js', { scope: '/K' }).catch(() => {});

// For the tests with docs/vectors/card.
globalThis.loket = {
  async verdict(text, ownHosts, trust, status, pinned, at, withoutWebCrypto) {
    slow = withoutWebCrypto;
    try {
      const s = readText(text, ownHosts);
      const v = await verdict(parseCard(s.bytes), s.foreign, await parseTrust(fromBase64(trust), pinned), await parseStatus(fromBase64(status), pinned), at, local);
      return { genuine: v.genuine, reason: v.reason, status: v.status, colour: v.colour, code: v.code || '' };
    } catch (e) {
      return { genuine: false, reason: e instanceof Refusal ? e.message : String(e.stack), status: 'unknown', colour: 'red', code: '' };
    }
  },
  async signature(key, message, signature, withoutWebCrypto) {
    slow = withoutWebCrypto;
    return verify(fromBase64(key), fromBase64(signature), fromBase64(message));
  },
  async list(kind, bytes, pinned, withoutWebCrypto) {
    slow = withoutWebCrypto;
    try {
      await (kind === 'trust' ? parseTrust : parseStatus)(fromBase64(bytes), pinned);
      return '';
    } catch (e) {
      return e instanceof Refusal ? 'refused' : String(e.stack);
    }
  },
};
})();
