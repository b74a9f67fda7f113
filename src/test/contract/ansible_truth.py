"""Reads inventories with ansible-core and says what it makes of them.

Standard input has one JSON object a line: {"path": FILE, "limits": [PATTERN, ...], "export": FILE or null}.
Standard output has one for each: every host with its groups in the order of precedence, what --limit selects, and for
hosts of the connection plugins winrm and psrp the options that the plugin gets, resolved by Ansible's own code in the way
of its task executor. A first line of standard output tells every variable that the two plugins document.
"""
import json
import sys

from ansible import constants as C
from ansible import context
from ansible.cli.inventory import InventoryCLI
from ansible.inventory.helpers import sort_groups
from ansible.inventory.manager import InventoryManager
from ansible.module_utils.common.collections import ImmutableDict
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import VaultSecret
from ansible.plugins.loader import connection_loader, vars_loader
from ansible.plugins.vars import host_group_vars
from ansible.template import Templar
from ansible.utils.display import Display
from ansible.vars.manager import VariableManager

context.CLIARGS = ImmutableDict(basedir=None, export=False, yaml=True, toml=False, list=True, graph=False)
Display().warning = lambda *args, **kwargs: None
Display.warning = lambda *args, **kwargs: None
PLUGINS = ("winrm", "psrp")
OPTIONS = {
    "winrm": ("remote_addr", "remote_user", "remote_password", "port", "scheme", "path", "transport", "kerberos_mode"),
    "psrp": ("remote_addr", "remote_user", "remote_password", "port", "protocol", "path", "auth", "cert_validation",
             "ca_cert", "proxy", "negotiate_hostname_override", "negotiate_service"),
}


def plugin_of(connection):
    name = connection
    for prefix in ("ansible.builtin.", "ansible.legacy."):
        if name.startswith(prefix):
            name = name[len(prefix):]
    return name if name in PLUGINS else None


def told(value):
    return value if value is None or isinstance(value, (bool, int, str, list)) else str(value)


def options(plugin, variables, templar):
    """As TaskExecutor._set_connection_options and AnsiblePlugin.set_options do."""
    names = C.config.get_plugin_vars("connection", plugin)
    set_here = {name: templar.template(variables[name]) for name in names if name in variables}
    got = {option: told(C.config.get_config_value(option, plugin_type="connection", plugin_name=plugin,
                                                  variables=set_here))
           for option in OPTIONS[plugin]}
    got["extras"] = {name: told(templar.template(variables[name])) for name in variables
                     if name.startswith("ansible_%s_" % plugin) and name not in names}
    return got


def host(found, manager, loader):
    answer = {"groups": [group.name for group in sort_groups(found.get_groups()) if group.name not in ("all", "ungrouped")]}
    try:
        variables = manager.get_vars(host=found, include_hostvars=False, include_delegate_to=False)
        templar = Templar(loader=loader, variables=variables)
        said = variables.get("ansible_connection")
        connection = "ssh" if said is None else str(templar.template(said))
        answer["connection"] = connection
        plugin = plugin_of(connection)
        if plugin:
            answer["plugin"] = plugin
            answer["options"] = options(plugin, variables, templar)
    except Exception as failure:  # what cannot be evaluated is an answer too
        answer["failure"] = str(failure).splitlines()[0]
    return answer


def limited(inventory, limit):
    try:
        inventory.subset(limit)
        return [chosen.name for chosen in inventory.get_hosts("all")]
    except Exception as failure:
        return str(failure).splitlines()[0]
    finally:
        inventory.subset(None)


def export(inventory, manager, loader, path):
    """What ansible-inventory --list --yaml writes."""
    writer = InventoryCLI.__new__(InventoryCLI)
    writer.loader, writer.inventory, writer.vm = loader, inventory, manager
    with open(path, "w", encoding="utf-8") as out:
        out.write(InventoryCLI.dump(writer.yaml_inventory(inventory.groups["all"])))


def read(asked):
    host_group_vars.FOUND.clear()
    loader = DataLoader()
    loader.set_basedir("/nonexistent")
    loader.set_vault_secrets([("default", VaultSecret(b"corpus"))])
    inventory = InventoryManager(loader=loader, sources=[asked["path"]])
    if not inventory.hosts:
        return {"unread": True}
    manager = VariableManager(loader=loader, inventory=inventory)
    manager.safe_basedir = False  # no playbook, so nothing beside one
    answer = {"hosts": {name: host(found, manager, loader) for name, found in inventory.hosts.items()},
              "members": {name: [h.name for h in group.get_hosts()] for name, group in inventory.groups.items()},
              "limits": {limit: limited(inventory, limit) for limit in asked.get("limits", [])}}
    if asked.get("export") and not any("failure" in told_of for told_of in answer["hosts"].values()):
        export(inventory, manager, loader, asked["export"])
    return answer


def main():
    C.INVENTORY_ANY_UNPARSED_IS_FAILED = True
    for plugin in PLUGINS:
        connection_loader.get(plugin, class_only=True)
    found = list(vars_loader.all())  # looked for in the file system anew for every host, otherwise
    vars_loader.all = lambda *args, **kwargs: iter(found)
    known = {plugin: C.config.get_plugin_vars("connection", plugin) for plugin in PLUGINS}
    print(json.dumps({option: known[option] for option in known}), flush=True)
    for line in sys.stdin:
        if line.strip():
            try:
                answer = read(json.loads(line))
            except Exception as failure:  # an inventory that Ansible refuses
                answer = {"unread": True, "failure": str(failure).splitlines()[0]}
            print(json.dumps(answer), flush=True)


main()
