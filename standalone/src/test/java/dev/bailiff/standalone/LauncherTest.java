package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.testing.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the script {@code bailiff} on machines that lack a program: PATH holds links only to the
 * programs that a machine has.
 */
class LauncherTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final List<String> BASE =
      List.of("dirname", "sed", "head", "find", "readlink", "ls", "tput", "mkdir", "mv");

  @TempDir Path temp;
  private Path bin;
  private Path home;

  @BeforeEach
  void copyOfTheScript() throws IOException {
    bin = Files.createDirectory(temp.resolve("bin"));
    home = Files.createDirectory(temp.resolve("home with blanks"));
    Files.copy(Path.of("..", "bailiff"), home.resolve("bailiff"));
    for (String tool : BASE) {
      for (String folder : List.of("/usr/bin", "/bin")) {
        Path program = Path.of(folder, tool);
        if (Files.exists(program) && !Files.exists(bin.resolve(tool))) {
          Files.createSymbolicLink(bin.resolve(tool), program);
        }
      }
    }
  }

  @Test
  void withoutJavaItSaysHowToInstallOne() {
    assertRefused("Java is missing", "apt install", "dnf install", "brew install");
  }

  @Test
  void oldJavaIsNamed() throws IOException {
    program("java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");

    assertRefused("Java 11 is too old, 17 or later is needed", "apt install");
  }

  @Test
  void javaThatOnlyPointsToItsInstallerIsMissing() throws IOException {
    program("java", "echo 'Unable to locate a Java Runtime.' >&2; exit 1");

    assertRefused("Java is missing");
  }

  @Test
  void withoutMavenItSaysHowToInstallIt() throws IOException {
    program("java", "echo 'openjdk version \"17.0.15\" 2025-04-15' >&2");

    assertRefused("Maven is missing", "apt install maven");
  }

  @Test
  void javaWithoutCompilerIsNamed() throws IOException {
    program("java", "echo 'openjdk version \"25\" 2025-09-16' >&2");
    program("mvn", "exit 1");

    assertRefused("this Java has no compiler");
  }

  @Test
  void failedBuildEndsIt() throws IOException {
    program("java", "echo 'openjdk version \"25\" 2025-09-16' >&2");
    program("javac", "exit 0");
    program("mvn", "exit 1");

    assertRefused("the build failed");
  }

  @Test
  void builtOnceItStartsWithoutMavenUntilASourceChanges() throws IOException {
    program(
        "java", "echo 'openjdk version \"25\" 2025-09-16' >&2; echo \"$@ in $LC_ALL, $(umask)\"");
    Path target = Files.createDirectories(home.resolve("standalone/target"));
    Path source = Files.createDirectories(home.resolve("common/src/main/java")).resolve("A.java");
    Files.writeString(source, "class A {}");
    Files.writeString(target.resolve("bailiff-standalone-1.jar"), "");
    Files.writeString(target.resolve("built"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));

    try (ChildProcess run = launch("jobs", "--status", "active now")) {
      assertThat(run.awaitExit(LIMIT)).isZero();
      assertThat(run.standardOutput())
          .contains("-jar " + target.resolve("bailiff-standalone-1.jar"))
          .contains("jobs --status active now")
          .containsPattern("in (C|en_US)\\.UTF-8, 0*77");
    }

    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    assertRefused("Maven is missing");
  }

  private void assertRefused(String... words) {
    try (ChildProcess run = launch("up")) {
      assertThat(run.awaitExit(LIMIT)).isEqualTo(ExitCode.NOT_STARTED);
      assertThat(run.standardError()).contains(words);
      assertThat(run.standardOutput()).isEmpty();
      assertThat(run.standardError().lines().filter(line -> line.contains("install")).toList())
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  private ChildProcess launch(Object... arguments) {
    return ChildProcess.program(Path.of("/bin/sh"))
        .args(home.resolve("bailiff"))
        .args(arguments)
        .env("PATH", bin.toString())
        .env("JAVA_HOME", "")
        .start();
  }

  private void program(String name, String body) throws IOException {
    Path file = bin.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
