/** What the log of a command shows, and how: one line a record, redacted, on the stream of problems. */
package io.chartreuse.cli.logging;
