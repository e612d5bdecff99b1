// SPDX-License-Identifier: EUPL-1.2
// Judges PDF files with veraPDF's engine, all in one JVM.
// Arguments: pairs of profile (PDFUA-1, PDFA-3A) and file. Prints a line for each: ok or fail, profile, file, broken rules.
// The engine reads its profiles with JAXB, which the jar is without: they are read here instead.

import java.io.FileInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public class Validate {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        Map<String, ValidationProfile> profiles = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i];
            if (!profiles.containsKey(name)) {
                profiles.put(name, read(name));
            }
            System.out.println(judge(profiles.get(name), name, arguments[i + 1]));
        }
    }

    static String judge(ValidationProfile profile, String name, String path) throws Exception {
        PDFAFlavour flavour = profile.getPDFAFlavour();
        try (FileInputStream file = new FileInputStream(path);
                PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator = ValidatorFactory.createValidator(profile, false)) {
            ValidationResult result = validator.validate(parser);
            Set<String> broken = new TreeSet<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    RuleId rule = assertion.getRuleId();
                    String message = assertion.getMessage().replaceAll("\\s+", " ");
                    broken.add(rule.getClause() + "-" + rule.getTestNumber() + " " + message);
                }
            }
            String verdict = result.isCompliant() ? "ok" : "fail";
            return String.join("\t", verdict, name, path, String.join(" | ", broken));
        }
    }

    static ValidationProfile read(String name) throws Exception {
        String resource = "org/verapdf/pdfa/validation/" + name + ".xml";
        try (InputStream stream = ClassLoader.getSystemResourceAsStream(resource)) {
            Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream).getDocumentElement();
            Set<Rule> rules = new HashSet<>();
            for (Element rule : all(root, "rule")) {
                Element id = all(rule, "id").get(0);
                RuleId ruleId = Profiles.ruleIdFromValues(
                        PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                        id.getAttribute("clause"),
                        Integer.parseInt(id.getAttribute("testNumber")));
                boolean deferred = Boolean.parseBoolean(rule.getAttribute("deferred"));
                rules.add(Profiles.ruleFromValues(
                        ruleId, rule.getAttribute("object"), deferred ? Boolean.TRUE : null, rule.getAttribute("tags"),
                        text(rule, "description"), text(rule, "test"),
                        Profiles.errorFromValues(text(rule, "message"), Collections.<ErrorArgument>emptyList()),
                        Collections.emptyList()));
            }
            Set<Variable> variables = new HashSet<>();
            for (Element variable : all(root, "variable")) {
                variables.add(Profiles.variableFromValues(
                        variable.getAttribute("name"), variable.getAttribute("object"),
                        text(variable, "defaultValue"), text(variable, "value")));
            }
            return Profiles.profileFromValues(
                    PDFAFlavour.valueOf(root.getAttribute("flavour")),
                    Profiles.profileDetailsFromValues(name, name, "veraPDF Consortium", new Date(0)),
                    "", rules, variables);
        }
    }

    static List<Element> all(Element parent, String tag) {
        NodeList nodes = parent.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    static String text(Element parent, String tag) {
        return all(parent, tag).get(0).getTextContent();
    }
}
