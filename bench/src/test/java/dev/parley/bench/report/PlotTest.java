package dev.parley.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class PlotTest {

  @Test
  void everySeriesEveryFigureAndEveryFaultIsInAWellFormedPicture() throws Exception {
    var row =
        new Row(
            "load <&>",
            Map.of(),
            List.of(new Row.Series("answers", new Latency(3, 1, 2, 3, 4, 5))),
            Map.of(),
            List.of(
                Figure.of("aimed", "ms", 30).beside(15).aiming(Aim.atMost(10)),
                Figure.of("none refused", "", 0).aiming(Aim.atMost(0)),
                Figure.of("not aimed", "ms", 1)),
            List.of("3 deliveries are missing"));

    var svg = Plot.of(new Report("now", "bench", Machine.here(), List.of(row)));

    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getDocumentElement().getTextContent())
        .contains("load <&>", "answers", "none refused", "not aimed", "1.00 ms")
        .contains("30.00 ms raw 15.00, x 2.00, aim at most 10.00: MISSED")
        .contains("FAULT 3 deliveries are missing");
  }
}
