/**
 * What a tool is known to answer: a contract of requests, answers and what must come of them. A tool's file is tried against it, its
 * facts are counted, and a new one is recorded from a live account, scrubbed of secrets and people before it is written.
 */
package bellwether.contract;
