"""Sixty searches as students, advisors and newcomers type them, and which first results would serve each.

Written before the ranking was tuned, from what a reader means rather than from what the search then found. A result
is `kind/slug`, or `page/key` for a page of words. The measure is the mean reciprocal rank: 1 where the first result
in sight is one of these, 1/2 where the second is, and so on; 0 where none is among all results.
"""

IMAGING = "role/medical-imaging-developer"
EHR = "role/ehr-developer"
MOBILE = "role/healthcare-mobile-developer"
SUPPORT = "role/clinical-decision-support-developer"
TELEMEDICINE = "role/telemedicine-developer"

JUDGED = [
    # The names of things
    ("telemedicine developer", [TELEMEDICINE]),
    ("ehr developer", [EHR]),
    ("medical imaging", [IMAGING]),
    ("DICOM", ["standard/dicom", "skill/dicom-imaging"]),
    ("fhir", ["standard/fhir", "skill/hl7-fhir"]),
    ("HL7", ["standard/fhir", "standard/hl7-v2", "skill/hl7-fhir", "skill/hl7-v2-messages"]),
    ("HIPAA", ["standard/hipaa"]),
    ("gdpr", ["standard/gdpr"]),
    ("pacs", ["software/pacs"]),
    ("iec 62304", ["standard/iec-62304", "skill/iec-62304-life-cycle"]),
    ("cybersecurity", ["standard/fda-cybersecurity", "skill/security"]),
    ("blockchain", ["trend/blockchain"]),
    ("privacy", ["page/privacy"]),
    ("salary", ["page/pay"]),
    # Typed in haste
    ("telemedecine", [TELEMEDICINE]),
    ("dicm", ["standard/dicom", "skill/dicom-imaging"]),
    ("interoprability", ["skill/interoperability"]),
    ("comunication", ["skill/communication"]),
    ("hippa", ["standard/hipaa"]),
    ("blokchain", ["trend/blockchain"]),
    ("acessibility", ["skill/accessibility", "page/accessibility"]),
    ("medcial imagin", [IMAGING]),
    ("telehelth", ["software/telehealth-platforms", TELEMEDICINE]),
    ("machien learning", ["skill/health-machine-learning", "trend/ai-machine-learning"]),
    # Other names for the same thing
    ("EMR", ["software/ehr", EHR]),
    ("electronic medical records", ["software/ehr", EHR]),
    ("radiology", [IMAGING, "software/pacs"]),
    ("PACS admin", ["software/pacs", IMAGING]),
    ("MRI", [IMAGING, "software/pacs"]),
    ("x-ray", [IMAGING, "software/pacs"]),
    ("doctor app", [MOBILE, TELEMEDICINE]),
    ("hospital software", ["software/ehr", EHR, "page/software"]),
    ("telehealth", ["software/telehealth-platforms", TELEMEDICINE]),
    ("mhealth", [MOBILE]),
    ("iphone apps", [MOBILE, "skill/native-mobile"]),
    ("integration engineer", [EHR]),
    ("integration engineers", [EHR]),
    ("CDS", [SUPPORT, "standard/cds-hooks", "skill/cql-cds-hooks-logic"]),
    ("AI", ["trend/ai-machine-learning", "skill/health-machine-learning"]),
    ("artificial intelligence", ["trend/ai-machine-learning", "skill/health-machine-learning", "standard/eu-ai-act"]),
    ("IoT", ["trend/internet-of-things"]),
    ("VR headset", ["trend/virtual-augmented-reality"]),
    ("pay", ["page/pay"]),
    ("coding", ["skill/programming-languages"]),
    ("data science", ["software/healthcare-analytics", "skill/sql-analytics", "skill/health-machine-learning"]),
    ("wearables", ["trend/internet-of-things", MOBILE, "skill/device-data"]),
    ("patient privacy law", ["standard/hipaa", "standard/gdpr"]),
    ("teamwork", ["reason/collaboration", "skill/communication"]),
    # Phrases
    ("video calls with patients", [TELEMEDICINE, "software/telehealth-platforms"]),
    ("alert fatigue", [SUPPORT]),
    ("remote patient monitoring", [TELEMEDICINE, "trend/internet-of-things", "software/telehealth-platforms"]),
    ("clinical decision support", [SUPPORT]),
    ("apps for nurses", [MOBILE]),
    ("side by side", ["page/compare"]),
    # Questions
    ("what does an ehr developer do", [EHR]),
    ("how do I become a telemedicine developer", [TELEMEDICINE]),
    ("what is FHIR?", ["standard/fhir", "skill/hl7-fhir"]),
    ("is healthcare for me", ["page/why-healthcare"]),
    ("how much do you earn", ["page/pay"]),
    ("which job has the most meaning?", ["reason/meaningful-work"]),
]

# Twenty more, judged before the other names were written and never tuned for: what the measure is without practice.
HELD_OUT = [
    ("snomed", ["standard/snomed-ct", "skill/clinical-terminologies"]),
    ("lab codes", ["standard/loinc", "skill/clinical-terminologies"]),
    ("swift kotlin", ["skill/native-mobile"]),
    ("oauth", ["skill/smart-oauth"]),
    ("sql", ["skill/sql-analytics"]),
    ("dicom viewer", ["software/pacs", IMAGING, "skill/dicom-imaging", "standard/dicom"]),
    ("acessible websites", ["standard/wcag", "skill/accessibility", "standard/section-504"]),
    ("patient portal", ["software/ehr", EHR, MOBILE]),
    ("insulin pump", ["software/medical-device-software", "standard/iec-62366"]),
    ("epic", ["software/ehr", EHR]),
    ("virtual reality", ["trend/virtual-augmented-reality"]),
    ("bluetooth", ["skill/device-data"]),
    ("prescriptions", ["standard/epcs"]),
    ("hackers", ["skill/threat-modeling", "skill/security", "standard/fda-cybersecurity"]),
    ("gpu programming", ["skill/cpp-gpu"]),
    ("job security", ["reason/demand"]),
    ("what is dicom", ["standard/dicom", "skill/dicom-imaging"]),
    ("telemedicin devloper", [TELEMEDICINE]),
    ("european data law", ["standard/gdpr", "standard/ehds"]),
    ("where do your numbers come from", ["page/about-data", "page/sources"]),
]


def places(search, judged=JUDGED):
    """{query: place of the first acceptable result, or None}. `search` gives the results of a query, in order."""
    found = {}
    for query, acceptable in judged:
        names = [f"{entry.kind}/{entry.key}" for entry in search(query)]
        found[query] = next((place for place, name in enumerate(names, 1) if name in acceptable), None)
    return found


def mean_reciprocal_rank(found):
    """1 if every search has an acceptable result at the top, 0 if none has any."""
    return sum(1 / place for place in found.values() if place) / len(found)
