using System.Text;
using System.Text.Json;

namespace Accounts.Core.Import.Django;

/// <summary>
/// What a dump by <c>--natural-foreign</c> says of users by their names. Which field that is (<c>USERNAME_FIELD</c>) no dump says. A wrong
/// guess would give one user's identities to another who has chosen a username that reads like the first one's address: so all must be
/// found by one and the same field, or nothing is imported.
/// </summary>
internal sealed class NaturalKeys(DjangoProject project, int parts) : IDisposable
{
    private const byte UsersMark = 0;

    private readonly Spill records = new(parts);
    private string field = "";
    private long others;

    public void AddUser(DumpObject user, string key)
    {
        field = field.Length > 0 ? field : Field(user);
        if (user.Fields.TryGetProperty(field, out var value) && DumpObject.Text(value) is { } called)
        {
            records.Add(called, [UsersMark, .. Encoding.UTF8.GetBytes(key)]);
        }
    }

    private string Field(DumpObject user) =>
        project.FieldOf("natural_key") is { Length: > 0 } told ? told
        : user.Fields.TryGetProperty(project.FieldOf("username"), out _) ? project.FieldOf("username")
        : project.FieldOf("email");

    /// <param name="one">belongs to a user</param>
    /// <param name="called">the user's natural key, an array</param>
    public void AddOther(DumpObject one, JsonElement called)
    {
        if (called.GetArrayLength() != 1 || DumpObject.Text(called[0]) is not { } key)
        {
            throw new ForeignDataException($"{one.Model} {one.Key} names its user by several fields: dump once more without --natural-foreign.");
        }
        others++;
        records.Add(key, one.Bytes);
    }

    /// <summary>Adds to each user's rows what belongs to them.</summary>
    /// <exception cref="ForeignDataException">it cannot be said whose it is</exception>
    public void Resolve(Spill rows)
    {
        for (var part = 0; others > 0 && part < records.Parts; part++)
        {
            var found = records.Read(part).ToLookup(record => record.Record[0] == UsersMark);
            var users = found[true].ToLookup(record => record.Key, record => Encoding.UTF8.GetString(record.Record.AsSpan(1)));
            foreach (var (called, record) in found[false])
            {
                rows.Add(users[called].Take(2).ToList() is [var key] ? key : throw Unknown(), record);
            }
        }
    }

    private ForeignDataException Unknown() => new(
        $"The dump names users by their natural keys (--natural-foreign), and by the field {field} not all of them are found: say which field it is (--map natural_key=FIELD, the model's USERNAME_FIELD), or dump once more without --natural-foreign.");

    public void Dispose() => records.Dispose();
}
