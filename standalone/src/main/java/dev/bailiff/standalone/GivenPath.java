package dev.bailiff.standalone;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts the paths of options. An empty path is refused: it comes from a variable without a value
 * and would mean the current folder.
 */
final class GivenPath implements ITypeConverter<Path> {
  @Override
  public Path convert(String value) {
    if (value.isEmpty()) {
      throw new TypeConversionException("the path is empty: name a file or folder, or . for this");
    }
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("the path cannot be used: " + e.getReason());
    }
  }
}
