/** Every change of a scenario that the page offers. They come with the rules, by which each of them is judged. */
export {
  addFault,
  changeFault,
  endFault,
  faultOf,
  lengthenFault,
  mendLink,
  removeFaults,
  shiftFaults,
} from './faults.ts';
export { setClients, setOption, toggleTransport } from './groups.ts';
export { setBackplane, setBalancer, setHopOption, setProxy, setServers, setTopics } from './hop.ts';
export { setLink, setNetwork } from './network.ts';
export { setArrivals, setBytes } from './traffic.ts';
