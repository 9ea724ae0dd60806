/** The world that a Python application moves over in. */
package io.chartreuse.example.movingover;
