using System.Text.Json.Nodes;

namespace Accounts.Core.Admin;

/// <summary>What an act has changed of a user, for its event.</summary>
internal static class StateChange
{
    /// <param name="before">null for who was not there</param>
    /// <param name="after">with the same members</param>
    /// <returns>the members that are not the same; null where all are</returns>
    public static (string? Before, string? After) Between(JsonObject? before, JsonObject after)
    {
        if (before is null)
        {
            return (null, after.ToJsonString());
        }
        var changed = before.Select(member => member.Key).Where(name => !JsonNode.DeepEquals(before[name], after[name])).ToList();
        return changed.Count == 0 ? (null, null) : (Part(before, changed), Part(after, changed));
    }

    private static string Part(JsonObject whole, List<string> names) =>
        new JsonObject(names.Select(name => KeyValuePair.Create(name, whole[name]?.DeepClone()))).ToJsonString();
}
