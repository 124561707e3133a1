/**
 * A list that people put in order: by dragging, with the arrow buttons, or with the arrow keys.
 *
 * Each change is committed once, with its revision. Python checks it and is the authority; an older revision than the
 * one in hand is ignored.
 */

const START = 4

/** Text children become text nodes: nothing that comes from data is ever read as HTML. */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(name, value)
  node.append(...children)
  return node
}

const percent = share => `${Math.round(100 * share)} %`

class OrderList {
  constructor(parent) {
    this.revision = -1
    this.rows = new Map()
    this.list = el("ol", { role: "list" })
    this.hint = el("p", { class: "hint", id: "hint" }, "Most important first. Drag a row, or use its arrows; on the keyboard, press up or down on the handle.")
    this.spoken = el("div", { class: "unseen", role: "status", "aria-live": "polite" })
    this.root = el("div", { class: "orders" }, this.hint, this.list, this.spoken)
    parent.append(this.root)
    this.root.onkeydown = event => { if (event.key === "Escape" && this.drag) this.drop(false) }
  }

  receive({ data, setStateValue }) {
    this.send = setStateValue
    if (this.drag) this.waiting = data
    else this.adopt(data)
  }

  adopt(data) {
    this.waiting = null
    const shape = JSON.stringify([data.items, data.label])
    if (shape !== this.shape) this.build(data)
    this.shape = shape
    this.shares = data.shares
    if (data.revision >= this.revision || !this.order) {
      this.order = [...data.order]
      this.revision = data.revision
      this.place(false)
    }
    this.write()
  }

  build({ items, label }) {
    this.order = null
    this.titles = new Map(items.map(({ id, title }) => [id, title]))
    this.rows = new Map(items.map(item => [item.id, this.buildRow(item)]))
    this.list.setAttribute("aria-label", label)
    this.list.replaceChildren(...[...this.rows.values()].map(row => row.item))
  }

  buildRow({ id, title, note }) {
    const row = {
      grip: el("button", { type: "button", class: "grip", "aria-label": `Move ${title}`, "aria-describedby": "hint" }, "⠿"),
      place: el("span", { class: "place" }),
      share: el("span", { class: "share" }),
      up: el("button", { type: "button", class: "arrow", "aria-label": `Move ${title} up` }, "↑"),
      down: el("button", { type: "button", class: "arrow", "aria-label": `Move ${title} down` }, "↓"),
    }
    row.item = el("li", { class: "row" }, row.grip, row.place,
      el("span", { class: "words" }, el("bdi", { class: "title" }, title), ...(note ? [el("small", {}, note)] : [])),
      row.share, el("span", { class: "arrows" }, row.up, row.down))
    row.up.onclick = () => this.move(id, this.order.indexOf(id) - 1, row.up)
    row.down.onclick = () => this.move(id, this.order.indexOf(id) + 1, row.down)
    row.grip.onkeydown = event => {
      const from = this.order.indexOf(id), last = this.order.length - 1
      const to = { ArrowUp: from - 1, ArrowDown: from + 1, Home: 0, End: last }[event.key]
      if (to === undefined || this.drag) return
      event.preventDefault()
      this.move(id, to, row.grip)
    }
    row.item.onpointerdown = event => this.grab(event, id)
    row.item.onpointermove = event => this.carry(event)
    row.item.onpointerup = () => this.drop(true)
    row.item.onpointercancel = row.item.onlostpointercapture = () => this.drop(false)
    return row
  }

  // ------------------------------------------------------------------------------------------- keys and buttons

  move(id, to, focus) {
    const from = this.order.indexOf(id)
    if (to < 0 || to >= this.order.length || to === from) return
    this.reorder(from, to)
    this.place(true)
    focus.disabled ? this.rows.get(id).grip.focus() : focus.focus()
    this.tell(id)
    this.commit()
  }

  reorder(from, to) {
    const order = [...this.order]
    order.splice(to, 0, ...order.splice(from, 1))
    this.order = order
  }

  /** Send the order as it stands, then take over what came while a row was carried. */
  commit() {
    this.revision = Math.max(this.revision, this.waiting?.revision ?? 0) + 1
    this.send("commit", { order: this.order, revision: this.revision })
    if (this.waiting) this.adopt(this.waiting)
  }

  // ------------------------------------------------------------------------------------------- dragging

  grab(event, id) {
    const { target, button, pointerType } = event
    if (button || this.drag || target.closest(".arrows")) return
    if (pointerType === "touch" && !target.closest(".grip")) return // elsewhere a finger scrolls the page
    const row = this.rows.get(id), boxes = this.order.map(one => this.rows.get(one).item.getBoundingClientRect())
    this.drag = { id, row, boxes, from: this.order.indexOf(id), to: this.order.indexOf(id), start: event.clientY, top: this.list.getBoundingClientRect().top, begun: false }
    row.item.setPointerCapture(event.pointerId)
  }

  carry({ clientY }) {
    const { drag } = this
    if (!drag) return
    const by = clientY - drag.start - (this.list.getBoundingClientRect().top - drag.top)
    if (!drag.begun && Math.abs(by) < START) return
    drag.begun = true
    this.list.classList.add("carrying")
    drag.row.item.classList.add("carried")
    drag.row.item.style.transform = `translateY(${by}px)`
    const own = drag.boxes[drag.from], middle = own.top + own.height / 2 + by
    drag.to = drag.boxes.filter((box, k) => k !== drag.from && box.top + box.height / 2 < middle).length
    const step = own.height + (drag.boxes[1] ? Math.max(0, drag.boxes[1].top - drag.boxes[0].bottom) : 0)
    this.order.forEach((one, k) => {
      if (k === drag.from) return
      const shift = k > drag.from && k <= drag.to ? -step : k < drag.from && k >= drag.to ? step : 0
      this.rows.get(one).item.style.transform = shift ? `translateY(${shift}px)` : ""
    })
  }

  drop(taken) {
    const { drag } = this
    if (!drag) return
    this.drag = null
    this.list.classList.remove("carrying")
    drag.row.item.classList.remove("carried")
    this.rows.forEach(({ item }) => { item.style.transform = "" })
    if (taken && drag.begun && drag.to !== drag.from) {
      const focused = this.root.getRootNode().activeElement
      this.reorder(drag.from, drag.to)
      this.place(false)
      focused?.focus()
      this.tell(drag.id)
      this.commit()
    } else if (this.waiting) this.adopt(this.waiting)
  }

  // ------------------------------------------------------------------------------------------- drawing

  /** Rows in the document in their order; where they glide, from where they were. */
  place(glide) {
    const before = new Map([...this.rows].map(([id, { item }]) => [id, item.offsetTop]))
    const wanted = this.order.map(id => this.rows.get(id).item)
    wanted.forEach((item, k) => { if (this.list.children[k] !== item) this.list.insertBefore(item, this.list.children[k] ?? null) })
    this.write()
    if (!glide || matchMedia("(prefers-reduced-motion: reduce)").matches) return
    this.rows.forEach(({ item }, id) => {
      const by = before.get(id) - item.offsetTop
      if (by) item.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], { duration: 180, easing: "ease-out" })
    })
  }

  write() {
    this.order.forEach((id, k) => {
      const { place, share, up, down } = this.rows.get(id)
      place.textContent = String(k + 1)
      share.textContent = this.shares[k] === undefined ? "" : percent(this.shares[k])
      up.disabled = k === 0
      down.disabled = k === this.order.length - 1
    })
  }

  tell(id) {
    const place = this.order.indexOf(id)
    const share = this.shares[place] === undefined ? "" : `, ${percent(this.shares[place])}`
    this.spoken.textContent = `${this.titles.get(id)}: now ${place + 1} of ${this.order.length}${share}`
  }

  remove() {
    this.root.remove()
  }
}

const mounted = new WeakMap()

export default function mount(component) {
  const { parentElement } = component
  if (!mounted.has(parentElement)) mounted.set(parentElement, new OrderList(parentElement))
  mounted.get(parentElement).receive(component)
  return () => {
    mounted.get(parentElement)?.remove()
    mounted.delete(parentElement)
  }
}
