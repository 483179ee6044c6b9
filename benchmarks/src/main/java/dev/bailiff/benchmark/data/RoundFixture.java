package dev.bailiff.benchmark.data;

import java.nio.file.Path;
import java.sql.Connection;

/**
 * What one side of a round works on.
 *
 * @param connection to the round's database
 * @param mediaFolder of the round; kept between rounds, so that each fills it again
 */
public record RoundFixture(Connection connection, Path mediaFolder, Scale scale) {}
