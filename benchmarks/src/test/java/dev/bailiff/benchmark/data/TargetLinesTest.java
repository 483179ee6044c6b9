package dev.bailiff.benchmark.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TargetLinesTest {
  @Test
  void noTargetComesTwiceAndTheLengthIsThatOfTheWhole() throws IOException {
    var lines = new TargetLines(100_000);
    var out = new ByteArrayOutputStream();

    lines.writeTo(out);

    assertThat(out.size()).isEqualTo((int) lines.length());
    assertThat(IntStream.range(0, lines.targets()).mapToObj(lines::target).distinct().count())
        .isEqualTo(lines.targets());
  }
}
