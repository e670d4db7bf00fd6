using System.Text.Json.Serialization;

namespace Accounts.Api.EmailChange;

[JsonSerializable(typeof(EmailChangeResponse))]
internal sealed partial class EmailChangeJson : JsonSerializerContext;
