package dev.bailiff.standalone;

import ch.qos.logback.core.rolling.RollingPolicyBase;
import ch.qos.logback.core.rolling.RolloverFailure;
import dev.bailiff.embedded.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Keeps the last {@value #KEPT} logs as {@code bailiff.log.1} and so on; 1 is the newest. Logback's
 * own policies read the path as a pattern: a per cent sign or a brace in a folder's name would have
 * a meaning.
 */
final class NumberedLogs extends RollingPolicyBase {
  private static final int KEPT = 3;

  @Override
  public void rollover() throws RolloverFailure {
    Path log = Path.of(getActiveFileName());
    try {
      for (int n = KEPT; n > 1; n--) {
        moveIfThere(numbered(log, n - 1), numbered(log, n));
      }
      moveIfThere(log, numbered(log, 1));
    } catch (IOException e) {
      throw new RolloverFailure("cannot move " + log + ": " + FileFailure.inWords(e), e);
    }
  }

  @Override
  public String getActiveFileName() {
    return getParentsRawFileProperty();
  }

  private static Path numbered(Path log, int n) {
    return log.resolveSibling(log.getFileName() + "." + n);
  }

  private static void moveIfThere(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
