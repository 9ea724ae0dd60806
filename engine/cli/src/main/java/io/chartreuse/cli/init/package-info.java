/**
 * What {@code chartreuse init} writes: its questions, what it proposes from the files that are there, and the text. Does not
 * belong here: asking and writing, which are the command's.
 */
package io.chartreuse.cli.init;
