/**
 * What {@code chartreuse init} writes: its questions, its proposals from the existing files, and the text. Does not
 * belong here: asking and writing, which the command does.
 */
package io.chartreuse.cli.init;
