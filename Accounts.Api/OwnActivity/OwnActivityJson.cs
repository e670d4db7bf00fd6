using System.Text.Json.Serialization;

namespace Accounts.Api.OwnActivity;

[JsonSerializable(typeof(ActivityResponse))]
internal sealed partial class OwnActivityJson : JsonSerializerContext;
