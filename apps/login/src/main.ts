import './app.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { createApi } from './lib/api.ts'
import { readArrival, tidyAddress } from './lib/arrival.ts'
import { Login } from './lib/login.svelte.ts'
import { language } from './lib/messages/index.ts'

const target = document.getElementById('app')
if (!target) throw new Error('index.html has no #app')

document.documentElement.lang = language

const arrival = readArrival(location.search)
const tidied = tidyAddress(location.href)
if (tidied !== location.href) history.replaceState(history.state, '', tidied)

const login = new Login(createApi(location.origin), arrival, (url) => location.assign(url))
mount(App, { target, props: { login } })
void login.open()
