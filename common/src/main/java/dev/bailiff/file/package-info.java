/** Files that lie in a folder and nowhere else. Depends on nothing of ours. */
@NullMarked
package dev.bailiff.file;

import org.jspecify.annotations.NullMarked;
