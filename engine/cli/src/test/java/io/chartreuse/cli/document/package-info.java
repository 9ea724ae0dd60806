/** Tests of the documents' parts. */
package io.chartreuse.cli.document;
