using System.Text.Json;

namespace Accounts.Core.Import.Django;

/// <summary>The objects of a dump that are about users, brought together by user.</summary>
internal sealed class DumpedRows(DjangoProject project, int parts) : IDisposable
{
    private const int ShownModels = 20;

    private readonly Spill rows = new(parts);
    private readonly NaturalKeys natural = new(project, parts);
    private readonly Dictionary<string, string?> groups = [];
    private readonly SortedSet<string> models = new(StringComparer.Ordinal);
    private readonly SortedSet<string> users = new(StringComparer.Ordinal);

    /// <exception cref="ForeignDataException">the dump cannot be used as it is</exception>
    public void Add(DumpObject one)
    {
        models.Add(one.Model);
        if (one.Model == DumpObject.Group && one.Key is { } group && one.Fields.TryGetProperty("name", out var name))
        {
            groups[group] = Name(name);
        }
        else if (IsUser(one))
        {
            AddUser(one);
        }
        else if (one.IsAddress || one.MayBeIdentity)
        {
            AddOther(one);
        }
    }

    private bool IsUser(DumpObject one) => project.UserModel is null ? one.MayBeUser : one.Model == project.UserModel;

    private void AddUser(DumpObject one)
    {
        users.Add(one.Model);
        var key = one.Key ?? throw new ForeignDataException($"The objects of {one.Model} have no keys, by which they would be known again: dump once more without --natural-primary.");
        rows.Add(key, one.Bytes);
        natural.AddUser(one, key);
    }

    private void AddOther(DumpObject one)
    {
        if (one.User is { ValueKind: JsonValueKind.Array } called)
        {
            natural.AddOther(one, called);
        }
        else if (one.User is { } user && DumpObject.Text(user) is { } key)
        {
            rows.Add(key, one.Bytes);
        }
    }

    /// <summary>Once all are there.</summary>
    /// <exception cref="ForeignDataException">the dump cannot be used as it is</exception>
    public void Complete()
    {
        if (users.Count != 1)
        {
            throw new ForeignDataException(users.Count > 1
                ? $"The dump has several models that look like users, {string.Join(" and ", users)}: say which by --user-model."
                : $"The dump has no objects of {project.UserModel ?? "a model with password and last_login"}, so nobody to import: dump the app of your users, too, or name the model by --user-model. It has {Models()}.");
        }
        natural.Resolve(rows);
    }

    private string Models() => models.Count == 0 ? "nothing" : string.Join(", ", models.Take(ShownModels)) + (models.Count > ShownModels ? " and others" : "");

    /// <summary>May be called again.</summary>
    public IEnumerable<DjangoRow> Read() => Enumerable.Range(0, rows.Parts).SelectMany(ReadPart);

    private IEnumerable<DjangoRow> ReadPart(int part)
    {
        var (model, found) = (users.First(), rows.Read(part).Select(row => (row.Key, Row: DumpObject.Of(JsonElement.Parse(row.Record), 0))).ToList());
        var app = model.Split('.')[0];
        var others = found.Where(one => one.Row.Model != model).ToLookup(one => one.Key, one => one.Row);
        foreach (var one in found.Where(one => one.Row.Model == model))
        {
            var (groups, problem) = GroupsOf(one.Row);
            yield return new DjangoRow(model, one.Key, one.Row.Fields)
            {
                Addresses = [.. others[one.Key].Where(other => other.IsAddress).Select(other => other.Fields)],
                Identities = [.. others[one.Key].Where(other => other.IsIdentityOf(app)).Select(other => other.Fields)],
                Groups = groups,
                Problem = problem,
            };
        }
    }

    /// <summary>By their keys, or by name (<c>--natural-foreign</c>).</summary>
    private (List<string> Names, string? Problem) GroupsOf(DumpObject user)
    {
        try
        {
            var among = user.Fields.TryGetProperty(project.FieldOf("groups"), out var rows) && rows.ValueKind == JsonValueKind.Array ? rows.EnumerateArray().Select(group => NameOf(user, group)).ToList() : [];
            return ([.. among.OfType<string>()], among.Contains(null) ? "It is in a group that has no name, or one that is no text." : null);
        }
        catch (InvalidOperationException)
        {
            return ([], "A text of it is not valid UTF-8.");
        }
    }

    /// <summary>Null where there is none that can be read.</summary>
    private string? NameOf(DumpObject user, JsonElement group) =>
        group.ValueKind == JsonValueKind.Array ? group.GetArrayLength() == 1 ? Name(group[0]) : null
        : DumpObject.Text(group) is not { } key ? null
        : groups.TryGetValue(key, out var name) ? name
        : throw new ForeignDataException($"{user.Model} {user.Key} is in group {key}, which is not in the dump: add auth.group to it.");

    /// <summary>Null for what is no text, or half of one.</summary>
    private static string? Name(JsonElement name) => name.ValueKind == JsonValueKind.String ? DumpObject.Text(name) : null;

    public void Dispose()
    {
        rows.Dispose();
        natural.Dispose();
    }
}
