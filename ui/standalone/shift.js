// Two distributions and curves over how far one is moved, in a saved page: all of it came with the data.

import shift from "../components/shift/index.js";
import { open } from "./open.js";

open(shift);
