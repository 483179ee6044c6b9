/**
 * Everything that {@code bailiff up} starts, in one process and on loopback, and the folder it
 * keeps it in.
 *
 * <p>The folder is the only memory: password, ports and token are in its files, readable by its
 * owner alone. The package may use every module below and knows nothing of the command line.
 */
@NullMarked
package dev.bailiff.standalone.stack;

import org.jspecify.annotations.NullMarked;
