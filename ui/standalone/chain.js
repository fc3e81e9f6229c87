// The live chain in a saved page: everything moves in the page itself; a few pages of test images were stored with it.

import chain from "../components/chain/index.js";
import { open } from "./open.js";

// stored: pages of test images, see ui/explore/chain/vaes.py.
const serve = (stored) => ({
  answer: (_, { page }, data) => (page === undefined ? null : { ...data, strip: stored[page % stored.length] }),
  actions: [],
});

open(chain, { serve, painted: true });
