"""audit_packages.py PIP-AUDIT LOCK FOLDER: asks pip-audit about each package of a lock file, by lists in FOLDER.

Ends with 0 only when each was really looked up and none has a known vulnerability: pip-audit itself ends with 0 also
when it could ask nobody.
"""

import json
import re
import subprocess
import sys
from pathlib import Path


def locked(lock):
    """(name, version) of every line of a lock file, also of those that are for another Python or system."""
    lines = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", lock, re.MULTILINE)
    return [(re.sub(r"[-_.]+", "-", name).lower(), version) for name, version in lines]


def ask(pip_audit, packages, folder):
    """{(name, version): vulnerabilities} of those that pip-audit looked up."""
    found = {}
    for number, names in enumerate(once_each(packages)):
        asked, report = folder / f"packages-{number}.txt", folder / f"report-{number}.json"
        asked.write_text("".join(f"{name}=={version}\n" for name, version in names.items()))
        report.unlink(missing_ok=True)
        command = [pip_audit, "--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
        command += ["--requirement", asked, "--output", report]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - bin/audit installed it
        if not report.exists():
            print(done.stderr, file=sys.stderr)
            continue
        answers = json.loads(report.read_text())["dependencies"]
        found |= {(each["name"], each["version"]): each["vulns"] for each in answers if "skip_reason" not in each}
    return found


def once_each(packages):
    """The packages as {name: version}, in as many parts as one of them has versions: pip-audit takes no name twice."""
    parts = []
    for name, version in packages:
        part = next((each for each in parts if name not in each), None)
        if part is None:
            parts.append(part := {})
        part[name] = version
    return parts


def judge(packages, found):
    """(whether all is well, sentences that say so)."""
    silent = [f"{name} {version}" for name, version in packages if (name, version) not in found]
    weak = [
        f"{name} {version}: {each['id']}, mended in {', '.join(each['fix_versions']) or 'no version yet'}"
        for (name, version), vulnerabilities in found.items()
        for each in vulnerabilities
    ]
    if weak:
        weak.append("VULNERABLE: docs/security.md says how soon to update.")
    if silent:
        weak += [
            f"NOT AUDITED: {len(silent)} of {len(packages)} packages could not be looked up: {', '.join(silent)}.",
            "Nothing is known about them. Can this machine reach pypi.org, which the advisories come from?",
        ]
    return not weak, weak or [f"All {len(packages)} packages were looked up. None has a known vulnerability."]


def main(pip_audit, lock, folder):
    packages = locked(Path(lock).read_text())
    is_well, sentences = judge(packages, ask(pip_audit, packages, Path(folder)))
    print("\n".join(sentences), file=sys.stdout if is_well else sys.stderr)
    sys.exit(not is_well)


if __name__ == "__main__":
    main(*sys.argv[1:])
