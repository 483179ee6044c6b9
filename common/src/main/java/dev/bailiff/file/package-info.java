/**
 * Access to files that lie in a given folder and nowhere else. Depends on no other package of ours.
 */
@NullMarked
package dev.bailiff.file;

import org.jspecify.annotations.NullMarked;
