package dev.asrdoctor.report.json;

import dev.asrdoctor.check.About;
import dev.asrdoctor.check.Check;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.report.model.Contract;
import dev.asrdoctor.text.Words;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** All checks: an array of objects; step 0 stands for the best practices. */
public record ChecksJson(List<Check> checks) implements Contract {
    @Override
    public void write(JsonGenerator json) {
        json.writeStartArray();
        for (Check check : checks) {
            About about = check.about();
            json.writeStartObject();
            json.writeStringProperty("id", about.id());
            json.writeStringProperty("title", about.title());
            json.writeNumberProperty("step", about.step());
            json.writeStringProperty("area", about.area().id());
            json.writeArrayPropertyStart("areas");
            about.areas().forEach(area -> json.writeString(area.id()));
            json.writeEndArray();
            json.writeStringProperty("profile", Words.word(about.profile()));
            json.writeArrayPropertyStart("deployments");
            about.deployments().stream().map(Deployment::id).forEach(json::writeString);
            json.writeEndArray();
            json.writeStringProperty("why", about.why());
            json.writeStringProperty("fix", about.fix());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
