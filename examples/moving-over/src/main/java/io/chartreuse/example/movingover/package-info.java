/** The environment of the example in which a Python application moves over to Chartreuse. */
package io.chartreuse.example.movingover;
