/** Runs the commands that the documents show, and compares what they print. */
@org.jspecify.annotations.NullMarked
package dev.bailiff.standalone.docs;
