/** The command line: the entry point, the tree of commands, and what becomes of their failures. */
package io.chartreuse.cli;
