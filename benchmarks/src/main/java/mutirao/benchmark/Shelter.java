package mutirao.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mutirao.api.Categoria;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A shelter of a real flood: where it was, and what it lacked or had too much of.
record Shelter(
        String place, @Nullable Double latitude, @Nullable Double longitude, Instant at, List<Supply> supplies) {
    private static final Map<String, Categoria> CATEGORIES = Map.of(
            "Alimentos e Água", Categoria.ALIMENTO,
            "Higiene Pessoal", Categoria.HIGIENE,
            "Material de Limpeza", Categoria.HIGIENE,
            "Vestuário", Categoria.ROUPA,
            "Medicamentos", Categoria.MEDICAMENTO,
            "Acomodações e Descanso", Categoria.ABRIGO,
            "Mobílias", Categoria.ABRIGO,
            "Veículos de Resgate e Transporte", Categoria.TRANSPORTE);
    private static final int SURPLUS = 1;
    private static final int URGENT = 100;

    /// @param quantity 0 where it was not told
    record Supply(String name, Categoria category, int priority, long quantity) {
        boolean surplus() {
            return priority == SURPLUS;
        }

        boolean urgent() {
            return priority == URGENT;
        }
    }

    /// @param data one JSON object a line
    static List<Shelter> read(Path data) throws IOException {
        var json = JsonMapper.shared();
        try (var lines = Files.lines(data)) {
            return lines.map(json::readTree).map(Shelter::of).toList();
        }
    }

    private static Shelter of(JsonNode line) {
        var supplies = new ArrayList<Supply>();
        for (var supply : line.get("supplies")) {
            var name = supply.get("supply").asString();
            if (!name.isBlank()) {
                supplies.add(new Supply(
                        name,
                        CATEGORIES.getOrDefault(supply.get("category").asString(), Categoria.OUTRO),
                        supply.get("priority").asInt(),
                        supply.path("quantity").asLong(0)));
            }
        }
        var where = line.path("neighbourhood").asString("") + " "
                + line.path("city").asString("");
        return new Shelter(
                where.isBlank() ? "Abrigo" : where.strip(),
                degrees(line.path("latitude")),
                degrees(line.path("longitude")),
                Instant.parse(line.get("createdAt").asString()),
                supplies);
    }

    private static @Nullable Double degrees(JsonNode value) {
        return value.isNumber() ? value.asDouble() : null;
    }
}
