/** A small environment for the quickstart: a PostgreSQL, an API server and a release. Not part of the product. */
package io.chartreuse.example.quickstart;
