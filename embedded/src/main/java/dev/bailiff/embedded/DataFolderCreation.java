package dev.bailiff.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/**
 * Creates the data of PostgreSQL before the very first start, with a superuser who has a password
 * and without any account that needs none.
 *
 * <p>The data are created under another name and then renamed. So a creation that is killed halfway
 * leaves no half-made data folder.
 */
final class DataFolderCreation {
  /**
   * Iterations make a password that people think of harder to guess. This one is 256 random bits,
   * and each connection would pay for the iterations: 15 ms of the client's processor in a JVM that
   * has just started.
   */
  private static final int SCRAM_ITERATIONS = 1;

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final PostgresSettings settings;
  private final Path folder;
  private final ServerAccount account;
  private final PostgresBinaries binaries;

  DataFolderCreation(
      PostgresSettings settings, Path folder, ServerAccount account, PostgresBinaries binaries) {
    this.settings = settings;
    this.folder = folder;
    this.account = account;
    this.binaries = binaries;
  }

  void createAs(Path data) {
    Path part = folder.resolve("data.part");
    Path passwordFile = folder.resolve("password");
    Folders.delete(part);
    try {
      writePassword(passwordFile);
      account.own(folder);
      initialise(part, passwordFile);
      Path config = part.resolve("postgresql.conf");
      Files.writeString(
          config,
          Files.readString(config) + "\ninclude_if_exists = '" + PostgresConfigFile.NAME + "'\n");
      Files.move(part, data, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "cannot write PostgreSQL's data in " + folder + ": " + FileFailure.inWords(e), e);
    } finally {
      delete(passwordFile);
    }
  }

  private void writePassword(Path file) throws IOException {
    PrivateAccess.write(file, settings.password() + "\n");
  }

  private void initialise(Path part, Path passwordFile) {
    boolean durable = !"off".equals(settings.serverConfig().get("fsync"));
    NativeCommand.Result result =
        account
            .command(
                List.of(
                    binaries.program("initdb"),
                    "--pgdata=" + part,
                    "--username=" + EmbeddedPostgresServer.USER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--set=scram_iterations=" + SCRAM_ITERATIONS,
                    "--encoding=UTF8",
                    "--locale=C",
                    durable ? "--sync-method=fsync" : "--no-sync"))
            .within(LIMIT)
            .run();
    if (!result.ok()) {
      throw new EmbeddedServerException(
          "cannot create PostgreSQL's data in "
              + folder
              + ": "
              + NativeCommand.lastLine(result.output()));
    }
  }

  private static void delete(Path passwordFile) {
    try {
      Files.deleteIfExists(passwordFile);
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "cannot delete " + passwordFile + ": " + FileFailure.inWords(e), e);
    }
  }
}
