// Reads a chat with whatsapp-chat-parser and prints what it took: records returned, CPU seconds, peak memory in MB.
import { readFileSync } from "node:fs";
import { parseString } from "whatsapp-chat-parser";

const before = process.cpuUsage();
const messages = parseString(readFileSync(process.argv[2], "utf8"));
const used = process.cpuUsage(before);
const seconds = (used.user + used.system) / 1e6;
console.log(JSON.stringify({ records: messages.length, seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
