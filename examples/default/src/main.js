#!/usr/bin/env node
import { label } from "./label.js";

const [code, address = ""] = process.argv.slice(2);
console.log(label(code, address).join("\n"));
