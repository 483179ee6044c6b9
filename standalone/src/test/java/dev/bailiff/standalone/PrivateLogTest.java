package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateLogTest {
  @TempDir Path temp;

  @Test
  void isForItsOwnerAloneAlsoAfterARotationInAFolderOfAnyName() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("100% %d{x} ${HOME} %i"));
    Path file = folder.resolve("bailiff.log");
    Files.writeString(file, "of an older release\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    PrivateLog log = ServerLogging.rolling(context, file, 1 << 20);
    context.getLogger("ROOT").addAppender(log);

    for (int n = 1; n <= 5; n++) {
      context.getLogger("x").warn("line {}", n);
      log.rollover();
    }
    context.getLogger("x").warn("last line");
    context.stop();

    assertThat(Files.readString(file)).contains("last line");
    assertThat(Files.readString(folder.resolve("bailiff.log.1"))).contains("line 5");
    assertThat(Files.readString(folder.resolve("bailiff.log.3"))).contains("line 3");
    assertThat(folder.resolve("bailiff.log.4")).doesNotExist();
    try (var files = Files.list(folder)) {
      assertThat(files)
          .hasSize(4)
          .allSatisfy(
              each ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void linkIsNotWrittenTo() throws IOException {
    Path target = Files.writeString(temp.resolve("target"), "kept");
    Path file = Files.createSymbolicLink(temp.resolve("bailiff.log"), target);

    assertThatThrownBy(() -> new PrivateLog().openFile(file.toString()))
        .isInstanceOf(IOException.class);
    assertThat(target).hasContent("kept");
  }
}
