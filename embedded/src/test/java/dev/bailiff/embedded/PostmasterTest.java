package dev.bailiff.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmasterTest {
  @TempDir Path temp;

  /**
   * A copied folder has the pid file of its twin, and its path may be a part of the twin's path.
   */
  @Test
  void serverOfAFolderWithALongerPathIsAnothers() throws IOException {
    Path data = Files.createDirectories(temp.resolve("data"));
    Process server = // waits for a line that never comes
        new ProcessBuilder("sh", "-c", "read line", "postgres", "-D", "/srv" + data + "-copy")
            .start();
    Process ours = new ProcessBuilder("sh", "-c", "read line", "postgres", "-D", "" + data).start();
    try {
      Files.writeString(data.resolve("postmaster.pid"), server.pid() + "\n");
      assertThat(new Postmaster(data).running()).isEmpty();

      Files.writeString(data.resolve("postmaster.pid"), ours.pid() + "\n");
      assertThat(new Postmaster(data).running()).hasValue(ours.pid());
    } finally {
      server.destroyForcibly();
      ours.destroyForcibly();
    }
  }
}
