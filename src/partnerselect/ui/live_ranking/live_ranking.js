/**
 * The live ranking: points on sliders, and candidates that glide to their place.
 *
 * data -> arrays -> compute -> draw -> events. Everything is recomputed here while a slider moves and committed to Python
 * once, on release. Python recomputes all of it and is the authority, so the arithmetic below is Python's, step for step.
 */

// ---------------------------------------------------------------------------------------------------- data -> arrays

const TIE = 1e-9
const STATES = "kurn"
const KNOWN = 0, REFUSED = 2, NOT_APPLICABLE = 3

function toModel(data, previous) {
  const { goals, criteria, candidates } = data
  const n = candidates.length, m = criteria.length, draws = Math.max(1, data.draws)
  const model = {
    goals, criteria, candidates, n, m, draws,
    ids: [...goals, ...criteria].map(item => item.id),
    goalOf: Int32Array.from(criteria, criterion => criterion.goal),
    low: new Float64Array(bytes(data.low)),
    best: new Float64Array(bytes(data.best)),
    high: new Float64Array(bytes(data.high)),
    seeds: new Uint32Array(bytes(data.seeds)),
    state: Uint8Array.from(data.state.flatMap(row => [...row]), letter => STATES.indexOf(letter)),
  }
  const unchanged = previous && previous.n === n && previous.m === m && previous.draws === draws
    && ["low", "best", "high", "seeds", "state"].every(name => sameNumbers(model[name], previous[name]))
  model.drawn = unchanged ? previous.drawn : drawValues(model)
  return Object.assign(model, spreads(model), { result: newResult(model), scratch: newScratch(model) })
}

/** An array crosses as the base64 of its little-endian bytes: exact, and a quarter of the same numbers as text. */
function bytes(base64) {
  return Uint8Array.from(atob(base64), letter => letter.charCodeAt(0)).buffer
}

function sameNumbers(a, b) {
  return a.length === b.length && a.every((number, k) => number === b[k])
}

/** Uniform in (0, 1): one hash of the cell's seed and the draw's number, the same in Python. */
function uniform(seed, draw) {
  let x = (seed + Math.imul(draw + 1, 0x9e3779b9)) | 0
  x ^= x >>> 16
  x = Math.imul(x, 0x21f0aaad)
  x ^= x >>> 15
  x = Math.imul(x, 0x735a2d97)
  x ^= x >>> 15
  return ((x >>> 0) + 0.5) / 4294967296
}

function drawValue(u, low, best, high, known) {
  const width = high - low
  if (width <= 0) return low
  if (!known) return low + u * width
  return u < (best - low) / width
    ? low + Math.sqrt(u * (width * (best - low)))
    : high - Math.sqrt((1 - u) * (width * (high - best)))
}

function drawValues({ n, m, draws, low, best, high, seeds, state }) {
  const drawn = new Float64Array(n * m * draws)
  for (let cell = 0; cell < n * m; cell++)
    for (let s = 0; s < draws; s++)
      drawn[cell * draws + s] = drawValue(uniform(seeds[cell], s), low[cell], best[cell], high[cell], state[cell] === KNOWN)
  return drawn
}

/** What cannot change with the weights: how far each criterion separates the candidates, and whether anybody looked. */
function spreads({ n, m, best, state }) {
  const spread = new Float64Array(m), evidence = new Uint8Array(m), partial = new Uint8Array(n)
  for (let j = 0; j < m; j++) {
    let least = Infinity, most = -Infinity
    for (let cell = j; cell < n * m; cell += m) {
      if (state[cell] === NOT_APPLICABLE) { partial[(cell - j) / m] += 1; continue }
      if (state[cell] === KNOWN) evidence[j] = 1
      least = Math.min(least, best[cell])
      most = Math.max(most, best[cell])
    }
    spread[j] = most > least ? most - least : 0
  }
  return { spread, evidence, partial }
}

// ----------------------------------------------------------------------------------------------------------- compute

function newResult({ n, m, goals }) {
  const floats = () => new Float64Array(n), ints = () => new Int32Array(n)
  return {
    counts: false, weights: new Float64Array(m), goalWeights: new Float64Array(goals.length), effective: new Float64Array(n * m),
    influence: new Float64Array(m), totals: floats(), low: floats(), high: floats(), known: floats(), likelyLow: floats(),
    likelyHigh: floats(), ranks: ints(), likelyBestRank: ints(), likelyWorstRank: ints(), order: ints(),
  }
}

function newScratch({ n, draws }) {
  const totals = new Float64Array(n * draws)
  const ofCandidate = Array.from({ length: n }, (_, i) => totals.subarray(i * draws, (i + 1) * draws))
  return { totals, ofCandidate, sorted: new Float64Array(draws), column: new Float64Array(n), counts: new Int32Array(n * (n + 1)) }
}

/** Points of goals, then criteria -> weight of each goal and criterion; false where all points are zero. */
function weigh({ goals, m, goalOf }, points, goalWeights, weights) {
  const sums = new Float64Array(goals.length)
  for (let j = 0; j < m; j++) sums[goalOf[j]] += points[goals.length + j]
  let whole = 0
  for (let g = 0; g < goals.length; g++) if (sums[g] > 0) whole += points[g]
  for (let g = 0; g < goals.length; g++) goalWeights[g] = whole > 0 && sums[g] > 0 ? points[g] / whole : 0
  for (let j = 0; j < m; j++) {
    const g = goalOf[j]
    weights[j] = goalWeights[g] > 0 ? goalWeights[g] * (points[goals.length + j] / sums[g]) : 0
  }
  return whole > 0
}

function evaluate(model, points) {
  const { n, m, low, best, high, state, spread, result } = model
  result.counts = weigh(model, points, result.goalWeights, result.weights)
  for (let j = 0; j < m; j++) result.influence[j] = result.weights[j] * spread[j]
  for (let i = 0; i < n; i++) {
    const start = i * m, applicable = shareOut(model, i)
    let total = 0, least = 0, most = 0, known = 0
    for (let j = 0; j < m; j++) {
      const weight = result.effective[start + j]
      total += weight * best[start + j]
      least += weight * low[start + j]
      most += weight * high[start + j]
      if (state[start + j] === KNOWN) known += weight
    }
    result.totals[i] = applicable ? total : 0.5
    result.low[i] = applicable ? least : 0
    result.high[i] = applicable ? most : 1
    result.known[i] = known
    drawTotals(model, i, applicable)
  }
  rank(result)
  likelyTotals(model)
  likelyRanks(model)
  return result
}

/** Weights of one candidate: what does not apply to it passes its weight on to the rest. False where nothing is left. */
function shareOut({ m, state, partial, result }, i) {
  const { weights, effective } = result, start = i * m
  let sum = 1
  if (partial[i]) {
    sum = 0
    for (let j = 0; j < m; j++) if (state[start + j] !== NOT_APPLICABLE) sum += weights[j]
  }
  for (let j = 0; j < m; j++)
    effective[start + j] = sum > 0 && state[start + j] !== NOT_APPLICABLE ? weights[j] / sum : 0
  return sum > 0
}

function drawTotals({ m, draws, drawn, result, scratch }, i, applicable) {
  const totals = scratch.ofCandidate[i].fill(applicable ? 0 : 0.5)
  for (let j = 0; j < m; j++) {
    const weight = result.effective[i * m + j], start = (i * m + j) * draws
    if (weight > 0) for (let s = 0; s < draws; s++) totals[s] += weight * drawn[start + s]
  }
}

function rank({ totals, ranks, order }) {
  for (let i = 0; i < totals.length; i++) {
    let ahead = 0
    for (let other = 0; other < totals.length; other++) if (totals[other] - totals[i] > TIE) ahead++
    ranks[i] = 1 + ahead
    order[i] = i
  }
  order.sort((a, b) => ranks[a] - ranks[b] || a - b)
}

const tail = draws => Math.floor(0.05 * (draws - 1))

function likelyTotals({ n, draws, result, scratch }) {
  const k = tail(draws), { sorted } = scratch
  for (let i = 0; i < n; i++) {
    sorted.set(scratch.ofCandidate[i])
    sorted.sort()
    result.likelyLow[i] = sorted[k]
    result.likelyHigh[i] = sorted[draws - 1 - k]
  }
}

function likelyRanks({ n, draws, result, scratch }) {
  const { totals, column, counts } = scratch, k = tail(draws)
  counts.fill(0)
  for (let s = 0; s < draws; s++) {
    for (let i = 0; i < n; i++) column[i] = totals[i * draws + s]
    column.sort()
    for (let i = 0; i < n; i++) counts[i * (n + 1) + n - firstAhead(column, totals[i * draws + s]) + 1]++
  }
  for (let i = 0; i < n; i++) {
    result.likelyBestRank[i] = rankAt(counts, i * (n + 1), k)
    result.likelyWorstRank[i] = rankAt(counts, i * (n + 1), draws - 1 - k)
  }
}

function firstAhead(sorted, total) {
  let from = 0, to = sorted.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (sorted[middle] - total > TIE) to = middle
    else from = middle + 1
  }
  return from
}

function rankAt(counts, start, position) {
  let rank = 0
  for (let seen = 0; seen <= position;) seen += counts[start + ++rank]
  return rank
}

// -------------------------------------------------------------------------------------------------------------- draw

const QUIET = 600, KEY_PAUSE = 400, DOUBT = 3000
const EXACT = "exact"
const ALL_ZERO = "All points are at zero: raise at least one goal and one of its criteria."

const percent = share => `${Math.round(100 * share)} %`
const score = value => (100 * value).toFixed(1)
const tidy = number => String(Math.round(100 * number) / 100)

/** Text children become text nodes: nothing that comes from data is ever read as HTML. */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(name, value)
  node.append(...children)
  return node
}

// Writing to the page is what costs: each of these writes only what differs from what it wrote last.
function write(node, text) {
  if (node.written !== text) node.textContent = node.written = text
}
function style(node, name, value) {
  const styles = node.styles ??= {}
  if (styles[name] !== value) node.style.setProperty(name, styles[name] = value)
}
function attribute(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value)
}
function stretch(node, from, to) {
  style(node, "left", `${(100 * from).toFixed(2)}%`)
  style(node, "width", `${(100 * Math.max(0, to - from)).toFixed(2)}%`)
}

const bdi = name => el("bdi", {}, name)
const hidden = text => el("span", { class: "unseen" }, text)

function buildPage() {
  const page = {
    select: el("select", { id: "viewpoint" }),
    undo: el("button", { type: "button", "aria-keyshortcuts": "Control+Z" }, "Undo"),
    redo: el("button", { type: "button", "aria-keyshortcuts": "Control+Shift+Z" }, "Redo"),
    reset: el("button", { type: "button" }, "Reset"),
    strip: el("div", { class: "strip", "aria-hidden": "true" }),
    goals: el("div", { class: "goals" }),
    sheet: el("button", { type: "button", class: "sheet", "aria-expanded": "false", "aria-controls": "weights" }, "What matters to us"),
    heading: el("h2"),
    moved: el("p", { class: "moved" }),
    zero: el("p", { class: "zero", hidden: "" }, ALL_ZERO),
    axis: el("div", { class: "axis columns", "aria-hidden": "true" }),
    list: el("ol", { class: "list still", role: "list" }),
    key: el("ul", { class: "key", role: "list", "aria-label": "Key" }),
    tip: el("div", { class: "tip", hidden: "" }),
    lit: el("style"),
    spoken: el("div", { class: "unseen", role: "status", "aria-live": "polite" }),
  }
  const scale = el("span", { class: "scale" }, ...[0, 25, 50, 75, 100].map(tick => el("i", { style: `left:${tick}%` }, String(tick))))
  page.axis.append(...["#", "Moved", "Candidate"].map(title => el("span", {}, title)), scale,
    ...["Total", "Likely rank", "Known"].map(title => el("span", { class: "number" }, title)))
  page.weights = el("section", { class: "weights", "aria-label": "Weights" },
    el("h2", {}, "What matters to us"), page.sheet, page.strip,
    el("div", { class: "body", id: "weights" },
      el("div", { class: "tools" }, el("label", { for: "viewpoint" }, "Viewpoint"), page.select, page.undo, page.redo, page.reset),
      el("div", { class: "captions", "aria-hidden": "true" }, el("span", {}, "share"), el("span", {}, "points")),
      page.goals))
  page.ranking = el("section", { class: "ranking", "aria-label": "Ranking" }, page.heading, page.moved, page.zero, page.axis, page.list, page.key)
  page.root = el("div", { class: "live" }, page.lit, el("div", { class: "page" }, page.weights, page.ranking), page.tip, page.spoken)
  return page
}

/** One goal's or criterion's slider: title, share, points, track, influence, and a note where it moves nothing. */
function buildControl(index, title, question, disclosure) {
  const id = `points-${index}`
  const control = {
    index,
    label: el("label", { for: id, dir: "auto", title: question ?? null }, title),
    range: el("input", { type: "range", id, min: 0, max: 100, step: 1 }),
    number: el("input", { type: "number", min: 0, max: 100, step: "any", inputmode: "decimal", "aria-label": `Points of ${title}` }),
    share: el("span", { class: "share" }),
    influence: el("div", { class: "influence" }),
    note: el("p", { class: "note", hidden: "" }),
  }
  const { label, share, number, range, influence, note } = control
  control.box = el("div", { class: "control" }, disclosure ?? "", label, share, number, range, influence, note)
  return control
}

function buildRow(model, i) {
  const { name, kind, country } = model.candidates[i]
  const row = {
    i, y: NaN, extra: 0, stale: true, cells: null,
    position: el("span", { class: "position" }), arrow: el("span", { "aria-hidden": "true" }), move: hidden(""),
    mark: el("b", { class: "mark", hidden: "" }),
    possible: el("i", { class: "possible" }), likely: el("i", { class: "likely" }),
    total: el("span"), ranks: el("span"), known: el("span"), partial: el("small", { hidden: "" }, el("span"), "n/a"),
    breakdown: el("div", { class: "breakdown", id: `breakdown-${i}`, hidden: "" }),
    segments: model.criteria.map((criterion, j) => {
      const state = model.state[i * model.m + j]
      return el("i", { class: `segment j${j} g${criterion.goal}${state === KNOWN ? "" : " unknown"}` })
    }),
  }
  row.delta = el("span", { class: "delta" }, row.arrow, row.move)
  row.button = el("button", { type: "button", class: "name", "aria-expanded": "false", "aria-controls": `breakdown-${i}` },
    el("bdi", { class: "title", title: name }, name), el("small", {}, row.mark, ` ${[kind, country].filter(Boolean).join(" · ")}`))
  row.head = el("div", { class: "head columns" }, row.position, row.delta, row.button,
    el("span", { class: "track", "aria-hidden": "true" }, row.possible, el("span", { class: "bar" }, ...row.segments), row.likely),
    el("span", { class: "number total" }, hidden("total "), row.total), el("span", { class: "number ranks" }, hidden("likely rank "), row.ranks),
    el("span", { class: "number known" }, hidden("known "), row.known, row.partial))
  row.item = el("li", { class: "row", "data-row": i }, row.head, row.breakdown)
  return row
}

/** The table behind a bar. */
function buildBreakdown(model, row) {
  const { criteria, goals, candidates } = model
  row.cells = criteria.map(() => ({ weight: el("td", { class: "number" }), value: el("td"), part: el("td", { class: "number" }), range: el("td") }))
  row.sum = el("p", { class: "sum" })
  const body = el("tbody", {}, ...criteria.map((criterion, j) => el("tr", {},
    el("th", { scope: "row" }, el("i", { class: `chip g${criterion.goal} j${j}` }), bdi(criterion.title), hidden(`, ${goals[criterion.goal].title}`)),
    row.cells[j].weight, row.cells[j].value, row.cells[j].part, row.cells[j].range)))
  row.breakdown.replaceChildren(row.sum, el("table", {},
    el("caption", { class: "unseen" }, "What makes up the total of ", bdi(candidates[row.i].name)),
    el("thead", {}, el("tr", {}, ...["Criterion", "Weight", "Value", "Contribution", "Range"].map(title =>
      el("th", { scope: "col", class: title === "Weight" || title === "Contribution" ? "number" : null }, title)))), body))
}

function describeCell(model, i, j) {
  const cell = i * model.m + j, state = model.state[cell], weight = model.result.effective[cell]
  const low = model.low[cell], best = model.best[cell], high = model.high[cell]
  if (state === NOT_APPLICABLE) return { weight: "–", value: "not applicable", part: "–", range: "its weight goes to the others" }
  const ends = `${score(weight * low)} to ${score(weight * high)}`
  return {
    weight: percent(weight),
    value: state === KNOWN ? best.toFixed(2) : state === REFUSED ? "refused" : "unknown",
    part: score(weight * best),
    range: state === KNOWN ? (high > low ? ends : EXACT) : `could be ${ends}`,
  }
}

/** Inertness is worth a sentence: a slider that moves nothing must say so. */
function noteOf(model, points, index) {
  const { goals, criteria, spread, evidence } = model, isGoal = index < goals.length
  const own = isGoal ? goals[index].criteria : [index - goals.length]
  if (own.length && own.every(j => !evidence[j])) return "nobody has evidence here yet: it moves nothing by itself"
  if (own.every(j => spread[j] <= TIE)) return "moves nothing by itself: all candidates are equal here"
  if (isGoal) return own.every(j => points[goals.length + j] === 0) ? "counts as 0: all its criteria are at 0 points" : ""
  const goal = criteria[own[0]].goal
  if (goals[goal].criteria.length === 1) return "the only criterion of its goal: move the goal instead"
  return points[goal] === 0 ? "moves nothing while its goal is at 0 points" : ""
}

/** What changed, as pieces of a sentence; names are kept apart so that they can be isolated from the text around them. */
function sentenceOf(model, before) {
  const { candidates, result } = model, { order, ranks, totals } = result
  if (!result.counts) return [ALL_ZERO]
  if (!order.length) return ["There are no candidates yet."]
  const pieces = [], name = i => ({ name: candidates[i].name })
  const movers = before ? [...order].filter(i => before.has(candidates[i].id) && before.get(candidates[i].id) !== ranks[i]) : []
  const was = i => before.get(candidates[i].id), weight = i => Math.abs(1 / was(i) - 1 / ranks[i])
  movers.sort((a, b) => weight(b) - weight(a) || a - b)
  movers.slice(0, 3).forEach((i, k) => pieces.push(k ? "; " : "", name(i), ` ${ranks[i] < was(i) ? "rises" : "falls"} from ${was(i)} to ${ranks[i]}`))
  if (movers.length > 3) pieces.push(`; ${movers.length - 3} more ${movers.length === 4 ? "moves" : "move"}`)
  if (before) pieces.push(movers.length ? ". " : "Nobody changes rank. ")
  const [leader, second] = order, lead = totals[leader], tied = ranks.filter(rank => rank === 1).length - 1
  pieces.push(name(leader))
  if (tied) pieces.push(` and ${tied} ${tied > 1 ? "others" : "other"} lead with ${score(lead)}`)
  else pieces.push(` leads with ${score(lead)}`)
  if (!tied && second !== undefined) pieces.push(`, ${score(lead - totals[second])} ahead of `, name(second))
  if (!pieces.at(-1).name?.endsWith(".")) pieces.push(".")
  return pieces
}

const toNodes = pieces => pieces.map(piece => (piece.name === undefined ? piece : bdi(piece.name)))

class LiveRanking {
  constructor(parent) {
    this.page = buildPage()
    this.revision = this.acknowledged = -1
    this.undone = []
    this.done = []
    this.opened = new Set()
    this.page.root.partnerselect = {
      weights: points => this.ask(points, result => [...result.weights]),
      evaluate: points => this.ask(points, result => Object.fromEntries(
        ["totals", "low", "high", "likelyLow", "likelyHigh", "likelyBestRank", "likelyWorstRank", "ranks"].map(name => [name, [...result[name]]]))),
    }
    this.listen()
    parent.append(this.page.root)
    this.sizes = new ResizeObserver(([{ contentRect }]) => this.resize(contentRect.width))
    this.sizes.observe(this.page.root)
  }

  ask(points, read) {
    const answer = read(evaluate(this.model, this.toPoints(points)))
    evaluate(this.model, this.points)
    return answer
  }

  toPoints(byId, fallback = this.points) {
    return Float64Array.from(this.model.ids, (id, k) => byId[id] ?? fallback?.[k] ?? 0)
  }

  toObject(points = this.points) {
    return Object.fromEntries(this.model.ids.map((id, k) => [id, points[k]]))
  }

  // ------------------------------------------------------------------------------------------- data comes in

  receive({ data, setStateValue }) {
    this.send = setStateValue
    this.paint(data.colors)
    if (this.moving) this.waiting = data
    else this.adopt(data)
  }

  adopt(data) {
    this.waiting = null
    const first = !this.model, before = first ? null : this.ranksById()
    const structure = JSON.stringify([data.goals, data.criteria, data.candidates, data.viewpoints])
    const mine = first ? {} : this.toObject(), rebuild = structure !== this.structure
    this.model = toModel(data, this.model)
    this.structure = structure
    this.viewpoints = data.viewpoints
    this.chosen = new Set(data.chosen)
    this.chosenAs = data.locked ? "✓ chosen" : "✓ best set"
    this.page.weights.inert = Boolean(data.locked)
    const theirs = this.toPoints(data.points, null)
    const ours = first ? theirs : this.toPoints({ ...data.points, ...mine }, null)
    const newer = data.revision > this.revision
    if (newer && !first && !sameNumbers(theirs, ours)) this.remember(mine)
    this.points = newer ? theirs : ours
    if (newer) this.viewpoint = data.viewpoint
    this.base = (newer && data.viewpoint) || this.base || data.base
    if (!newer && data.revision < this.revision && !sameNumbers(theirs, ours)) this.doubt(data.revision)
    this.revision = Math.max(this.revision, data.revision)
    if (newer) this.settled()
    else if (rebuild) this.committed = this.toPoints({ ...data.points, ...this.committedById }, null)
    evaluate(this.model, this.points)
    if (rebuild) this.build()
    const after = this.ranksById(), moved = before && [...after].some(([id, rank]) => before.get(id) !== rank)
    if (first || moved) this.reference = before ?? after
    this.mark()
    this.draw(true)
    if (first || moved) this.tell(first ? null : before)
    this.acknowledged = data.revision
  }

  /** Older points arrive while a commit of ours is on its way, and after a server lost its memory: then it gets ours again. */
  doubt(revision) {
    clearTimeout(this.doubting)
    const again = () => {
      if (this.acknowledged >= this.revision || this.repeated === this.revision || this.moving) return
      this.repeated = ++this.revision
      this.post()
    }
    if (revision < this.acknowledged) this.acknowledged = revision, again()
    else this.doubting = setTimeout(again, DOUBT)
  }

  settled() {
    this.committed = this.points.slice()
    this.committedById = this.toObject()
    this.committedViewpoint = this.viewpoint
  }

  ranksById() {
    return new Map(this.model.candidates.map(({ id }, i) => [id, this.model.result.ranks[i]]))
  }

  // ------------------------------------------------------------------------------------------- the page

  paint(colors) {
    const { root } = this.page, probe = el("i", { style: "color:var(--st-background-color)" })
    root.append(probe)
    const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number)
    probe.remove()
    const dark = 0.2126 * red + 0.7152 * green + 0.0722 * blue < 110
    attribute(root, "data-theme", dark ? "dark" : "light")
    const palette = dark ? colors.dark : colors.light
    palette.forEach((color, g) => style(root, `--goal-${g}`, color))
  }

  build() {
    const { page, model } = this, focused = page.root.getRootNode().activeElement?.id
    this.controls = []
    page.goals.replaceChildren(...model.goals.map((goal, g) => this.buildGoal(goal, g)))
    page.strip.replaceChildren(...(this.shares = model.goals.map((goal, g) => el("i", { class: `g${g}` }))))
    this.rows = model.candidates.map((candidate, i) => buildRow(model, i))
    page.list.replaceChildren(...this.rows.map(row => row.item))
    this.rows.forEach(row => { if (this.opened.has(model.candidates[row.i].id)) this.toggle(row, true) })
    write(page.heading, `${model.n} ${model.n === 1 ? "candidate" : "candidates"}, best first`)
    page.own = el("option", { value: "", disabled: "" }, "own points")
    page.select.replaceChildren(page.own, ...this.viewpoints.map(({ id, title }) => el("option", { value: id }, title)))
    page.key.replaceChildren(
      ...model.goals.map((goal, g) => el("li", {}, el("i", { class: `chip g${g}` }), bdi(goal.title))),
      ...[["sample unknown", "nobody knows yet: counted with a placeholder, could be anything"], ["sample whisker", "nine in ten outcomes end here"],
        ["sample faint", "possible at all"], ["sample pull", "under a slider: how far it pulls candidates apart"]]
        .map(([sample, text]) => el("li", {}, el("i", { class: sample }), text)))
    this.shades()
    this.rowHeight = 0
    if (focused) page.root.querySelector(`[id="${focused}"]`)?.focus()
  }

  /** One rule per criterion: the goal's colour, lighter from criterion to criterion. */
  shades() {
    const { goals } = this.model
    const rules = goals.map((goal, g) => `.g${g}{--goal:var(--goal-${g})}`)
    const shade = (k, count) => Math.round(100 - (52 * k) / Math.max(4, count))
    goals.forEach(({ criteria }) => criteria.forEach((j, k) => rules.push(`.j${j}{--shade:${shade(k, criteria.length)}%}`)))
    this.shadeRules = rules.join("\n")
    write(this.page.lit, this.shadeRules)
  }

  buildGoal(goal, g) {
    const { model } = this, open = this.opened.has(`goal ${goal.id}`), inner = el("div", { class: "criteria", id: `criteria-${g}` })
    const button = el("button", { type: "button", class: "fold", "aria-expanded": String(open), "aria-controls": inner.id,
      "aria-label": `${goal.criteria.length} criteria of ${goal.title}` })
    inner.hidden = !open
    button.onclick = () => {
      inner.hidden = !inner.hidden
      attribute(button, "aria-expanded", String(!inner.hidden))
      this.opened[inner.hidden ? "delete" : "add"](`goal ${goal.id}`)
    }
    const control = this.addControl(g, goal.title, null, button)
    inner.append(...goal.criteria.map(j => this.addControl(model.goals.length + j, model.criteria[j].title, model.criteria[j].question, null).box))
    return el("div", { class: `goal g${g}`, role: "group", "aria-label": goal.title }, control.box, inner)
  }

  addControl(index, title, question, disclosure) {
    const control = buildControl(index, title, question, disclosure), { range, number } = control
    const moveTo = input => {
      const value = input.valueAsNumber
      if (!Number.isFinite(value)) return
      this.begin()
      this.points[index] = Math.min(100, Math.max(0, value))
      this.request()
    }
    range.oninput = () => moveTo(range)
    range.onpointerdown = event => {
      if (event.button) return
      this.settle()
      this.dragging = true
      this.begin()
    }
    // 'change' may come before or after 'pointerup', or not at all where the slider is back at its start.
    range.onpointerup = range.onpointercancel = () => requestAnimationFrame(() => this.dragging && this.settle())
    range.onchange = () => (this.dragging ? this.settle() : this.settleSoon())
    number.oninput = () => { this.typing = control; moveTo(number) }
    number.onchange = number.onblur = () => {
      if (this.typing !== control) return
      this.typing = null
      this.settle()
      this.drawControls()
    }
    this.controls[index] = control
    return control
  }

  resize(width) {
    if (width === this.width || !this.rows) return
    this.width = width
    this.rowHeight = 0
    if (!this.page.list.hidden) this.measure()
  }

  /** Heights follow the width; 0 stands for "not measured yet", such as while the list is hidden. */
  measure() {
    const { page, rows } = this
    this.rowHeight = rows[0]?.head.offsetHeight ?? 0
    rows.forEach(row => { row.extra = row.breakdown.hidden ? 0 : row.breakdown.offsetHeight })
    page.list.classList.add("still")
    this.place(page.list.getBoundingClientRect(), true)
    requestAnimationFrame(() => requestAnimationFrame(() => page.list.classList.remove("still")))
  }

  mark() {
    this.rows.forEach((row, i) => {
      const chosen = this.chosen.has(this.model.candidates[i].id)
      row.item.classList.toggle("chosen", chosen)
      row.mark.hidden = !chosen
      row.mark.textContent = this.chosenAs
      const missing = this.model.partial[i]
      row.partial.hidden = !missing
      write(row.partial.firstChild, `${missing} `)
      this.model.criteria.forEach((criterion, j) => row.segments[j].classList.toggle("unknown", this.model.state[i * this.model.m + j] !== KNOWN))
    })
  }

  request() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null
      this.recognise()
      evaluate(this.model, this.points)
      this.draw(false)
    })
  }

  draw(everything) {
    const { page, model } = this, { counts } = model.result, box = page.list.getBoundingClientRect()
    this.drawControls()
    page.zero.hidden = counts
    page.list.hidden = page.axis.hidden = !counts
    if (counts && this.rowHeight) this.place(box, everything)
    else if (counts) this.measure()
  }

  drawControls() {
    const { model, page } = this, { goals, result } = model, { goalWeights, influence, weights } = result
    const pulls = goals.map(goal => goal.criteria.reduce((sum, j) => sum + influence[j], 0)), widest = Math.max(...pulls, TIE)
    this.controls.forEach(({ index, range, number, share, influence: bar, note, box }) => {
      const isGoal = index < goals.length, points = this.points[index]
      const weight = isGoal ? goalWeights[index] : weights[index - goals.length]
      const pull = isGoal ? pulls[index] : influence[index - goals.length]
      if (range.valueAsNumber !== Math.round(points)) range.value = points
      if (this.typing?.index !== index && number.value !== tidy(points)) number.value = tidy(points)
      write(share, percent(weight))
      attribute(range, "aria-valuetext", `${tidy(points)} points, ${percent(weight)}`)
      style(range, "--filled", `${points}%`)
      style(bar, "transform", `scaleX(${(pull / widest).toFixed(3)})`)
      const text = noteOf(model, this.points, index)
      note.hidden = !text
      write(note, text)
      box.classList.toggle("inert", Boolean(text))
    })
    this.shares.forEach((part, g) => style(part, "flex-grow", goalWeights[g].toFixed(4)))
    const current = this.viewpoint ?? ""
    page.own.hidden = current !== ""
    if (page.select.value !== current) page.select.value = current
    page.undo.disabled = !this.done.length && !this.unsettled()
    page.redo.disabled = !this.undone.length
    const base = this.baseViewpoint()
    page.reset.disabled = !base || this.viewpoint === base.id
    attribute(page.reset, "aria-label", base ? `Reset to ${base.title}` : "Reset")
  }

  /** Rows that are on screen, come or go are written each frame; the others when the slider comes to rest. */
  place(box, everything) {
    const { page, rows, model } = this
    const top = -box.top - 2 * this.rowHeight, bottom = innerHeight - box.top + 2 * this.rowHeight
    let y = 0
    for (const i of model.result.order) {
      const row = rows[i], from = Number.isNaN(row.y) ? y : row.y
      const seen = everything || (Math.max(from, y) > top && Math.min(from, y) < bottom)
      if (seen && row.y !== y) {
        row.item.style.transform = `translateY(${y}px)`
        row.item.classList.toggle("rising", y < from)
        row.y = y
      }
      if (seen) this.drawRow(row)
      else row.stale = true
      y += this.rowHeight + row.extra
    }
    style(page.list, "height", `${y}px`)
  }

  drawRow(row) {
    const { model } = this, { result, m, best } = model, { i } = row, start = i * m
    row.stale = false
    const rank = result.ranks[i], delta = (this.reference?.get(model.candidates[i].id) ?? rank) - rank
    write(row.position, String(rank))
    write(row.arrow, delta > 0 ? `▲ ${delta}` : delta < 0 ? `▼ ${-delta}` : "")
    write(row.move, delta > 0 ? `up ${delta}` : delta < 0 ? `down ${-delta}` : "")
    attribute(row.delta, "class", `delta ${delta > 0 ? "up" : "down"}`)
    for (let j = 0; j < m; j++) style(row.segments[j], "width", `${(100 * result.effective[start + j] * best[start + j]).toFixed(2)}%`)
    stretch(row.possible, result.low[i], result.high[i])
    stretch(row.likely, result.likelyLow[i], result.likelyHigh[i])
    write(row.total, score(result.totals[i]))
    const high = result.likelyBestRank[i], low = result.likelyWorstRank[i]
    write(row.ranks, high === low ? String(high) : `${high}–${low}`)
    write(row.known, percent(result.known[i]))
    if (!row.breakdown.hidden) this.drawBreakdown(row)
  }

  drawBreakdown(row) {
    const { model } = this, { result } = model, { i } = row
    const range = (from, to) => `${score(from[i])} to ${score(to[i])}`
    const likely = range(result.likelyLow, result.likelyHigh), possible = range(result.low, result.high)
    write(row.sum, `Total ${score(result.totals[i])}. Nine in ten outcomes: ${likely}. Possible: ${possible}.`)
    row.cells.forEach((cells, j) => Object.entries(describeCell(model, i, j)).forEach(([name, text]) => write(cells[name], text)))
  }

  toggle(row, open = row.breakdown.hidden) {
    if (!row.cells) buildBreakdown(this.model, row)
    row.breakdown.hidden = !open
    attribute(row.button, "aria-expanded", String(open))
    this.opened[open ? "add" : "delete"](this.model.candidates[row.i].id)
    if (open) this.drawBreakdown(row)
    row.extra = open ? row.breakdown.offsetHeight : 0
  }

  // ------------------------------------------------------------------------------------------- events

  begin() {
    if (this.moving) return
    this.moving = true
    evaluate(this.model, this.committed)
    this.reference = this.ranksById()
  }

  /** The viewpoint last loaded, as long as the points are still its own. */
  recognise() {
    const base = this.baseViewpoint()
    const same = base && this.model.ids.every((id, k) => Math.abs((base.points[id] ?? this.points[k]) - this.points[k]) < TIE)
    this.viewpoint = same ? base.id : null
  }

  baseViewpoint() {
    return this.viewpoints.find(({ id }) => id === this.base)
  }

  settleSoon() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.settle(), KEY_PAUSE)
  }

  unsettled() {
    return this.viewpoint !== this.committedViewpoint || !sameNumbers(this.points, this.committed)
  }

  /** The end of a move: commit what changed, once. Points that count for nothing stay here until they do. */
  settle(history = true) {
    clearTimeout(this.timer)
    cancelAnimationFrame(this.frame)
    this.timer = this.frame = null
    if (!this.moving) return
    this.moving = this.dragging = false
    this.typing = null
    this.recognise()
    evaluate(this.model, this.points)
    const changed = this.unsettled()
    if (changed && this.model.result.counts) {
      if (history) this.remember(this.toObject(this.committed), this.committedViewpoint)
      this.settled()
      this.revision = Math.max(this.revision, this.waiting?.revision ?? 0) + 1
      this.post()
    }
    this.draw(true)
    if (changed) this.tell(this.reference)
    if (this.waiting) this.adopt(this.waiting)
  }

  post() {
    this.send("commit", { points: this.toObject(), revision: this.revision, viewpoint: this.viewpoint ?? null })
  }

  remember(points, viewpoint = this.committedViewpoint) {
    this.done.push({ points, viewpoint })
    this.undone = []
  }

  load(points, base, history) {
    this.begin()
    this.points = this.toPoints(points)
    this.base = base ?? this.base
    this.settle(history)
  }

  back(from, to) {
    this.settle()
    if (this.unsettled()) return this.load(this.toObject(this.committed), this.committedViewpoint, false)
    const target = from.pop()
    if (!target) return
    to.push({ points: this.toObject(), viewpoint: this.viewpoint })
    this.load(target.points, target.viewpoint, false)
  }

  tell(before) {
    const sentence = sentenceOf(this.model, before), { page } = this
    page.moved.replaceChildren(...(before ? [el("span", {}, "What moved: ")] : []), ...toNodes(sentence))
    const speak = () => {
      if (this.moving) return this.telling = setTimeout(speak, QUIET)
      if (before) page.spoken.replaceChildren(...toNodes(sentence))
      this.sort()
    }
    clearTimeout(this.telling)
    this.telling = setTimeout(speak, QUIET)
  }

  /** Screen readers read the list in the order of the page: after a move it follows the ranks. The focused row stays put. */
  sort() {
    const { list, root } = this.page, active = root.getRootNode().activeElement
    const items = Array.from(this.model.result.order, i => this.rows[i].item), focus = items.findIndex(item => item.contains(active))
    if (items.every((item, k) => item === list.children[k])) return
    items.forEach((item, k) => { if (k !== focus) k < focus ? items[focus].before(item) : list.append(item) })
  }

  listen() {
    const { root, list, select, undo, redo, reset, sheet, weights, tip } = this.page
    const rowOf = event => this.rows[event.target.closest(".row")?.dataset.row]
    select.onchange = () => {
      const { id, points } = this.viewpoints.find(viewpoint => viewpoint.id === select.value)
      this.settle()
      this.load(points, id)
    }
    undo.onclick = () => this.back(this.done, this.undone)
    redo.onclick = () => this.back(this.undone, this.done)
    reset.onclick = () => { this.settle(); this.load(this.baseViewpoint().points) }
    sheet.onclick = () => {
      const open = weights.classList.toggle("open")
      attribute(sheet, "aria-expanded", String(open))
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches
      if (open) list.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" })
    }
    root.onkeydown = event => {
      if (event.key === "Escape") this.hideTip()
      const key = event.key.toLowerCase()
      if (!(event.ctrlKey || event.metaKey) || event.altKey || this.typing || !(key === "z" || key === "y")) return
      event.preventDefault()
      event.stopPropagation()
      key === "y" || event.shiftKey ? this.back(this.undone, this.done) : this.back(this.done, this.undone)
    }
    root.onfocusout = () => { if (this.timer) this.settle() }
    list.onclick = event => {
      const row = rowOf(event)
      if (!row || event.target.closest(".breakdown") || getSelection()?.type === "Range") return
      this.toggle(row)
      this.place(list.getBoundingClientRect(), true)
    }
    list.onpointermove = event => {
      const segment = event.target.closest(".segment"), row = segment && rowOf(event)
      if (!row || event.pointerType === "touch") this.hideTip()
      else this.showTip(row, row.segments.indexOf(segment), segment)
    }
    list.onpointerleave = () => this.hideTip()
    this.onscroll = () => {
      this.hideTip()
      if (this.rows?.some(row => row.stale)) this.request()
    }
    addEventListener("scroll", this.onscroll, { capture: true, passive: true })
  }

  showTip(row, j, segment) {
    const { tip, root, lit } = this.page, { model } = this, criterion = model.criteria[j]
    if (this.tipOf === segment) return
    this.tipOf = segment
    const { weight, value, part, range } = describeCell(model, row.i, j)
    const doubt = model.state[row.i * model.m + j] !== KNOWN ? range : range === EXACT ? "known exactly" : `the evidence allows ${range}`
    tip.replaceChildren(el("b", {}, bdi(model.candidates[row.i].name)),
      el("span", {}, el("i", { class: `chip g${criterion.goal} j${j}` }), bdi(criterion.title)),
      el("span", {}, `weight ${weight} × value ${value} = ${part}`), el("span", { class: "soft" }, doubt))
    tip.hidden = false
    const outer = root.getBoundingClientRect(), box = segment.getBoundingClientRect()
    const left = Math.max(0, Math.min(box.left - outer.left, outer.width - tip.offsetWidth))
    tip.style.transform = `translate(${left}px, ${box.bottom - outer.top + 10}px)`
    write(lit, `${this.shadeRules}\n.list .segment:not(.j${j}){background:var(--dim)}`)
  }

  hideTip() {
    if (!this.tipOf) return
    this.tipOf = null
    this.page.tip.hidden = true
    write(this.page.lit, this.shadeRules)
  }

  remove() {
    if (this.timer || this.typing) this.settle()
    ;[this.timer, this.telling, this.doubting].forEach(clearTimeout)
    cancelAnimationFrame(this.frame)
    removeEventListener("scroll", this.onscroll, { capture: true })
    this.sizes.disconnect()
    this.page.root.remove()
  }
}

const mounted = new WeakMap()

export default function mount(component) {
  const { parentElement } = component
  if (!mounted.has(parentElement)) mounted.set(parentElement, new LiveRanking(parentElement))
  mounted.get(parentElement).receive(component)
  return () => {
    mounted.get(parentElement)?.remove()
    mounted.delete(parentElement)
  }
}
