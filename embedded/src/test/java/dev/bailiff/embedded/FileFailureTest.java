package dev.bailiff.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

class FileFailureTest {
  @Test
  void namesWhatHappenedToWhatAndNoException() {
    assertThat(FileFailure.inWords(new AccessDeniedException("/data")))
        .isEqualTo("no right to use /data: run this as its owner, or name another place");
    assertThat(FileFailure.inWords(new NoSuchFileException("/data/x")))
        .isEqualTo("/data/x does not exist");
    assertThat(FileFailure.inWords(new NotDirectoryException("/data/x")))
        .isEqualTo("/data/x is no folder");
    assertThat(FileFailure.inWords(new FileSystemException("/data/x", null, "No space left")))
        .isEqualTo("/data/x: No space left");
    assertThat(FileFailure.inWords(new MalformedInputException(1)))
        .isEqualTo("it is not UTF-8: convert it, for instance with iconv");
    assertThat(FileFailure.inWords(new EOFException()))
        .isEqualTo("what was read ends too early, so it was cut off: copy it again");
    assertThat(FileFailure.inWords(new IOException("the words"))).isEqualTo("the words");
  }
}
